from django.apps import AppConfig


class TeachConfig(AppConfig):
    name = "teach"

    def ready(self) -> None:
        """Show instructors the way to the studio, on their account's page."""
        from learners.rooms import Room, register_room
        from teach.instructors import is_instructor
        from teach.personal_data import SAYS, kept_of

        register_room(Room("studio", "Studio", "teach:studio", is_instructor, SAYS, kept_of))

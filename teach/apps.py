from django.apps import AppConfig


class TeachConfig(AppConfig):
    name = "teach"

    def ready(self) -> None:
        """Show instructors the way to the studio, and leave what they try themselves out of statistics."""
        from learners.rooms import Room, register_room
        from learners.statistics import register_left_out
        from teach.instructors import is_instructor, learners_of_instructors
        from teach.personal_data import SAYS, kept_of

        register_room(Room("studio", "Studio", "teach:studio", is_instructor, SAYS, kept_of))
        register_left_out("instructors", learners_of_instructors)

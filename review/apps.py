from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "review"

    def ready(self) -> None:
        """Tell the catalog of cards.md, lessons how to show what is due again, and learners what is kept of them."""
        from learners.personal_data import register_personal_data
        from lessons.registry import (
            Directive,
            Insert,
            register_directive,
            register_insert,
            register_kind,
        )
        from review import cards, personal_data

        register_kind(cards.CARDS)
        register_directive(
            Directive(
                name="cards",
                template="review/_deck.html",
                takes_prose=False,
                needs_file=cards.CARDS.filename,
                styles=("css/quiz.css", "css/review.css"),
                is_turned=True,
                context=cards.context,
            )
        )
        register_insert(Insert("lesson end", "review/_insert.html"))
        register_personal_data(personal_data.REVIEWS)
        register_personal_data(personal_data.DECKS)

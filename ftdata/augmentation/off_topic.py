"""Everyday questions that a service for something else declines, each with what it is about."""

from __future__ import annotations

from ftdata.text import words

_SERVICE = frozenset(
    words(
        "account accounts airline airlines appointment appointments bank banking banks billing"
        " booking bookings bus buses calendar cancellation cancellations car cars cinema complaint"
        " complaints customer delivery desk event events exchange facility flight flights helpdesk"
        " home homes hotel hotels hours insurance it maintenance media movie movies music order"
        " orders payment payments product products refund refunds rental rentalcars rentals repair"
        " reservation reservations restaurant restaurants retail return returns ride rides"
        " ridesharing salon service services shipping shop shopping store subscription"
        " subscriptions support tech technical ticket tickets train trains travel triage warranty"
    )
)

OFF_TOPIC: tuple[tuple[str, str], ...] = (
    ("How do I remove a coffee stain?", "the coffee stain"),
    ("How often should I water a cactus?", "the cactus"),
    ("How long do I boil an egg?", "the egg"),
    ("What's the capital of Australia?", "the capital of Australia"),
    ("How does a knight move in chess?", "the chess question"),
    ("How do I tie a bow tie?", "the bow tie"),
    ("Which years are leap years?", "leap years"),
    ("How do I feed a sourdough starter?", "the sourdough starter"),
    ("How do I trim rabbit nails?", "the rabbit's nails"),
    ("Why is the sky blue?", "the color of the sky"),
    ("What is the plural of octopus?", "the plural of octopus"),
    ("How do I sharpen a kitchen knife?", "the kitchen knife"),
    ("How far away is the moon?", "the moon"),
    ("How do I unclog a sink?", "the sink"),
    ("Which vitamins are in carrots?", "the carrots"),
    ("How do I get rid of hiccups?", "the hiccups"),
    ("When should I prune roses?", "the roses"),
    ("How do I patch a bicycle tire?", "the bicycle tire"),
    ("How do bees make honey?", "the honey"),
    ("What does a red traffic cone mean?", "the traffic cone"),
    ("How do I fold a fitted sheet?", "the fitted sheet"),
    ("How do I learn to juggle?", "juggling"),
    ("How many bones does a cat have?", "the cat's bones"),
    ("How do I clean a wool sweater?", "the wool sweater"),
    ("What makes popcorn pop?", "the popcorn"),
    ("How do I descale a kettle?", "the kettle"),
    ("How do I whistle with two fingers?", "whistling"),
    ("What is a good chess opening?", "the chess opening"),
    ("How do I keep basil alive?", "the basil"),
    ("Why do cats purr?", "the purring"),
    ("How do I hang a heavy mirror?", "the mirror"),
    ("How do I polish leather shoes?", "the leather shoes"),
    ("What is the square root of 144?", "the square root"),
    ("How do I make a paper crane?", "the paper crane"),
    ("How do volcanoes form?", "the volcanoes"),
    ("How do I store fresh garlic?", "the garlic"),
    ("How do I stop a squeaky door?", "the squeaky door"),
    ("What do hedgehogs eat?", "the hedgehogs"),
    ("How do I tune a ukulele?", "the ukulele"),
    ("Why do leaves change color?", "the leaves"),
    ("How do I start a compost heap?", "the compost heap"),
    ("How do I peel a mango?", "the mango"),
    ("How do I remove candle wax?", "the candle wax"),
    ("What causes a rainbow?", "the rainbow"),
)


def is_service(category: str) -> bool:
    """Whether every word of a category is one of a service with a field of its own.

    Elsewhere, as for an assistant that answers whatever it is asked, nothing is off topic.
    """
    named = words(category.replace("_", " "))
    return bool(named) and _SERVICE.issuperset(named)

"""How a user thanks, and how that is answered without anything new."""

from __future__ import annotations

THANKS = (
    "Thanks!",
    "Thank you!",
    "Thanks a lot!",
    "Thank you very much.",
    "Thank you so much!",
    "Great, thanks.",
    "Great, thank you!",
    "Perfect, thanks.",
    "Okay, thank you.",
    "Alright, thanks!",
    "Wonderful, thank you.",
    "Very good, thanks.",
    "Thanks, I appreciate it.",
    "Thank you, much appreciated.",
    "Thanks, that will be all.",
    "That's all, thank you.",
)
# Only behind the answer to a question.
THANKS_FOR_ANSWER = (
    "Good to know, thanks.",
    "Got it, thanks!",
    "I see, thank you.",
    "Okay, that answers my question.",
    "Thanks, that answers it.",
    "I see, thanks!",
)
WELCOMES = (
    "You're welcome!",
    "You're very welcome!",
    "You are welcome.",
    "My pleasure!",
    "It was my pleasure.",
    "Happy to help!",
    "Glad I could help.",
    "I'm glad I could help.",
    "Glad to be of help.",
    "Anytime!",
    "You're welcome, anytime.",
    "You're most welcome.",
    "Always happy to help.",
    "You're welcome. Take care!",
    "You're welcome. Have a good day!",
    "My pleasure. Have a great day!",
)

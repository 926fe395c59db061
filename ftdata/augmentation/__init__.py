"""The registry of augmenters: one file each, tried in this order."""

from ftdata.augmentation.augmenter import Augmenter
from ftdata.augmentation.back_translation import BACK_TRANSLATION
from ftdata.augmentation.difficulty import DIFFICULTY
from ftdata.augmentation.multi_turn import MULTI_TURN
from ftdata.augmentation.negatives import NEGATIVES
from ftdata.augmentation.paraphrase import PARAPHRASE
from ftdata.augmentation.preferences import PREFERENCES
from ftdata.augmentation.reasoning import REASONING
from ftdata.augmentation.synonyms import SYNONYMS
from ftdata.augmentation.typos import TYPOS

AUGMENTERS: tuple[Augmenter, ...] = (
    PARAPHRASE,
    SYNONYMS,
    TYPOS,
    DIFFICULTY,
    MULTI_TURN,
    NEGATIVES,
    PREFERENCES,
    BACK_TRANSLATION,
    REASONING,
)

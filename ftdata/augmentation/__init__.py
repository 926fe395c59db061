"""The registry of augmenters: one file each, tried in this order."""

from ftdata.augmentation.augmenter import Augmenter
from ftdata.augmentation.paraphrase import PARAPHRASE

AUGMENTERS: tuple[Augmenter, ...] = (PARAPHRASE,)

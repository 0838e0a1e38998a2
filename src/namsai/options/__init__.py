"""From losses to options for this plant, with the reason in words; how savings interact."""

from namsai.options.model import Proposal, Proposals, Range, StreamSaving
from namsai.options.overlap import combined_share, joint_savings
from namsai.options.propose import propose
from namsai.options.reason import reason_text

__all__ = [
    "Proposal",
    "Proposals",
    "Range",
    "StreamSaving",
    "combined_share",
    "joint_savings",
    "propose",
    "reason_text",
]

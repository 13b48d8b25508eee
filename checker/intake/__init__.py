"""From a folder to schools and files: who sent what, what was left out and why."""

from checker.intake.archives import member_name
from checker.intake.names import school_named_in
from checker.intake.notice import Notice
from checker.intake.take_in import Intake, take_in
from checker.intake.words import generic_school_words

__all__ = ["Intake", "Notice", "generic_school_words", "member_name", "school_named_in", "take_in"]

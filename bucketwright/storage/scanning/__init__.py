"""Is there a virus in what somebody uploaded? A scanner is asked, and whatever it cannot say is no yes."""

from bucketwright.storage.scanning.daemon import Clamd, clamd
from bucketwright.storage.scanning.verdicts import Clean, Infected, Scanner, Unscanned, Verdict

__all__ = ["Clamd", "Clean", "Infected", "Scanner", "Unscanned", "Verdict", "clamd"]

"""What is passed on of what the engine says, where it cannot deploy?"""

import pytest

from sandbox.deploying import diagnostics

_TOLD = "\n code: 255\n stdout: {said}\n stderr: {complained}"


@pytest.mark.parametrize(
    ("text", "passed_on"),
    [
        pytest.param(
            _TOLD.format(
                said="Diagnostics:\n  aws:s3:Bucket (files):\n    error: no\n\nResources:\n  1 same",
                complained="",
            ),
            "aws:s3:Bucket (files):\nerror: no",
            id="what it complains of, of which resource",
        ),
        pytest.param(
            _TOLD.format(said="Updating", complained="error: the stack is locked\n  by another"),
            "error: the stack is locked\nby another",
            id="what it complains of before it begins",
        ),
        pytest.param(
            _TOLD.format(said="nothing", complained=""),
            "code: 255\nstdout: nothing\nstderr:",
            id="all of it, where it does not complain",
        ),
    ],
)
def test_the_complaint_is_passed_on(text: str, passed_on: str) -> None:
    """Without the lines that count and those that show progress."""
    assert diagnostics(text) == passed_on

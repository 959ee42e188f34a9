"""The import contracts of pyproject.toml hold."""

import subprocess
import sys

from tests.architecture.source_files import ROOT

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
"""In a process of its own: the linter disables every logger of the process it runs in, and other tests read
what the program logs."""


def test_every_import_contract_is_kept() -> None:
    done = subprocess.run([sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout

"""The contract that most commands are tried with, and contract files."""

from pathlib import Path

CONTRACT = """\
project: shop
region: us-west-2
environments:
  dev: {account: 111122223333}
  prod: {account: 123456789012}
buckets:
  files:
    encryption: kms
    prefixes:
      documents:
        path: "{env}/cases/{case_id:int}/documents/"
        types: [application/pdf]
        max_size: 350 MB
        delivery: presigned
      exports:
        path: "{env}/cases/{case_id:int}/exports/"
        archive: {after: 90 days, to: glacier}
        expire: 400 days
  uploads:
    temp: {session_ttl: 24 hours}
    prefixes:
      incoming: {path: "{session_id:uuid}/"}
access:
  reader: {trusts: lambda.amazonaws.com, read: files/documents}
  packer: {trusts: lambda.amazonaws.com, write: files/exports}
"""


def written(folder: Path, text: str) -> str:
    """A contract file of this text."""
    file = folder / "contract.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)

"""What people and programs do in the demonstration: an application writes a document through the client,
and somebody who has replaced a leaked secret deletes it with all its versions, which no fix does by itself.
"""

import argparse

import boto3

from bucketwright.storage import Storage

_CONTRACT = "stacks/contract.yaml"
_PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def write() -> None:
    """Neither bucket, key, type nor encryption is named: the contract has them."""
    documents = Storage.open(_CONTRACT, "dev").prefix("files/documents").at(case_id=7)
    written = documents.put("brief.pdf", _PDF)
    print(f"{written.key}: {written.type}, {written.size} bytes, version {written.version}")


def remove(bucket: str, key: str) -> None:
    """Every version: of a secret none may be left."""
    versions = boto3.resource("s3").Bucket(bucket).object_versions.filter(Prefix=key)
    gone = [one.delete() for one in versions if one.object_key == key]
    print(f"{key}: {len(gone)} deleted for good")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    does = parser.add_subparsers(required=True, dest="does")
    does.add_parser("write", help="write a document")
    removing = does.add_parser("remove", help="delete an object with all its versions")
    removing.add_argument("bucket")
    removing.add_argument("key")
    told = parser.parse_args()
    if told.does == "write":
        write()
    else:
        remove(told.bucket, told.key)


if __name__ == "__main__":
    main()

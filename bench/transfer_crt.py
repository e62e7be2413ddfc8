"""The SDK's transfer library over the Common Runtime, which boto3 itself only takes for AWS and TLS.

python -m bench.transfer_crt start|up|down|many-up|many-down PATH
"""

import os
import sys
from pathlib import Path

from botocore.session import Session
from s3transfer.crt import (
    BotocoreCRTCredentialsWrapper,
    BotocoreCRTRequestSerializer,
    CRTTransferManager,
    create_s3_crt_client,
)

from bench.transfer_boto3 import BUCKET, LARGE, client, small_keys


def main(what: str, path: Path) -> None:
    """Do it."""
    with manager() as crt:
        if what == "up":
            crt.upload(str(path), BUCKET, f"crt/{LARGE}").result()
        elif what == "down":
            crt.download(BUCKET, f"ours/{LARGE}", str(path)).result()
        elif what == "many-up":
            done = [crt.upload(str(one), BUCKET, f"crt/{one.name}") for one in path.iterdir()]
            for one in done:
                one.result()
        elif what == "many-down":
            keys = small_keys(client())
            done = [crt.download(BUCKET, key, str(path / Path(key).name)) for key in keys]
            for one in done:
                one.result()


def manager() -> CRTTransferManager:
    """One for the server that the environment names."""
    session, region = Session(), os.environ["AWS_REGION"]
    provider = BotocoreCRTCredentialsWrapper(session.get_credentials()).to_crt_credentials_provider()
    serializer = BotocoreCRTRequestSerializer(
        session, {"region_name": region, "endpoint_url": os.environ["AWS_ENDPOINT_URL"]}
    )
    return CRTTransferManager(create_s3_crt_client(region, provider, use_ssl=False), serializer)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

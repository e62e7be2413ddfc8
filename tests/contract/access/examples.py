"""The example of the design as an environment, and another with everybody that policies can name."""

from typing import Final

import yaml

from bucketwright.contract.model import Environment

_DESIGN: Final = """\
project: nextpoint
name: prod
region: us-west-2
account: "123456789012"
protect: true
buckets:
  files:
    encryption: kms
    versioning: enabled
    access_logs: logs
    prefixes:
      documents:
        path: "{env}/cases/{case_id:int}/documents/"
        keep: forever
        types: [application/pdf, image/*, text/plain]
        max_size: 350 MB
      exports: {path: "{env}/cases/{case_id:int}/exports/", archive: {after: 90 days, to: glacier}}
      batch-tmp: {path: "{env}/tmp/{case_id:int}/{batch_id}/", expire: 7 days}
      staging: {path: "{env}/staging/", expire: 3 days}
  logs: {purpose: access-logs}
access:
  document-loader:
    trusts: lambda.amazonaws.com
    write: [files/documents, files/batch-tmp]
    read: [files/staging]
  exporter:
    trusts: ecs-tasks.amazonaws.com
    read: [files/documents]
    write: [files/exports]
"""
_EVERYONE: Final = """\
project: nextpoint
name: prod
account: "123456789012"
buckets:
  files:
    encryption:
      type: kms
      key: "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    access_logs: reports
    inventory: {to: reports}
    prefixes:
      exports: {path: "exports/{case_id:int}/", tags: {team: red}}
      trail: {path: trail/}
  images:
    encryption: dsse
    ownership: preferred
    block_sse_c: false
    tls_minimum: "1.3"
    access_logs: {to: reports, prefix: "img/"}
    inventory: {to: reports}
  reports: {purpose: access-logs}
access:
  partner:
    principals: ["arn:aws:iam::222222222222:role/reader", "arn:aws:iam::333333333333:root"]
    read: files/exports
    write: files/exports
  trail:
    service: {name: cloudtrail.amazonaws.com, sources: "arn:aws:cloudtrail:us-west-2:123456789012:trail/all"}
    write: files/trail
  caller:
    trusts: ["222222222222", "arn:aws:iam::123456789012:role/starter", lambda.amazonaws.com]
    read: files/*
  browser:
    federated:
      provider: "arn:aws:iam::123456789012:oidc-provider/id.example.com/pool"
      audience: app
      subject: "user:7"
    read: files/exports
  staff:
    federated: {provider: "arn:aws:iam::123456789012:saml-provider/staff", audience: "https://example.com/saml"}
    list: files/exports
    delete: files/exports
"""


def design() -> Environment:
    """The example of the design, in production."""
    return Environment.model_validate(yaml.safe_load(_DESIGN))


def everyone() -> Environment:
    """Buckets under a given key and under DSSE, deliveries, other accounts, services, every kind of trust."""
    return Environment.model_validate(yaml.safe_load(_EVERYONE))

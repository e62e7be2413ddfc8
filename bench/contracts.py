"""A large contract: as many buckets, prefixes and grantees as a big platform team has."""

_ENVIRONMENTS = (("dev", "111122223333"), ("staging", "444455556666"), ("prod", "123456789012"))
_HEAD = "project: large\nregion: us-west-2\nkey_prefix: '{env}/'\n"


def large_contract(buckets: int, prefixes: int) -> str:
    """A contract of this many buckets, each with this many prefixes and one reader and one writer of some."""
    lines = [_HEAD, "environments:"]
    lines += [f"  {name}: {{account: '{account}'}}" for name, account in _ENVIRONMENTS]
    lines.append("buckets:")
    for bucket in range(buckets):
        lines += [f"  files-{bucket}:", "    versioning: enabled", "    access_logs: logs", "    prefixes:"]
        lines += [_prefix(bucket, prefix) for prefix in range(prefixes)]
    lines += ["  logs: {purpose: access-logs}", "access:"]
    for bucket in range(buckets):
        read, write = (_refs(bucket, range(start, prefixes, 4)) for start in (0, 1))
        lines.append(f"  reader-{bucket}: {{trusts: lambda.amazonaws.com, read: [{read}]}}")
        lines.append(f"  writer-{bucket}: {{trusts: ecs-tasks.amazonaws.com, write: [{write}]}}")
    return "\n".join(lines) + "\n"


def _prefix(bucket: int, prefix: int) -> str:
    """Half of the prefixes lie beside each other under one variable, so that their patterns cross."""
    shared = prefix % 2 == 0
    path = (
        f"{{env}}/cases/{{case_id:int}}/part-{prefix}/" if shared else f"{{env}}/team-{bucket}/part-{prefix}/"
    )
    return (
        f'      part-{prefix}: {{path: "{path}", expire: {prefix + 7} days, noncurrent: {{expire: 1 day}}, '
        f"max_size: 350 MB, types: [application/pdf, image/*], data_class: confidential}}"
    )


def _refs(bucket: int, numbers: range) -> str:
    return ", ".join(f"files-{bucket}/part-{number}" for number in numbers)

"""Are ranges of addresses taken for everybody's exactly where they are as wide as S3 says?"""

from ipaddress import IPv4Network, IPv6Network, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.rules.example_access import policy, when
from bucketwright.rules.exposure.policy_broad_source_ip import policy_broad_source_ip
from bucketwright.verdicts import Fails, Passes
from tests.rules.exposure.judging import faults, verdict

V4 = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 32)).map(lambda one: IPv4Network(one, strict=False))
V6 = st.tuples(st.integers(0, 2**128 - 1), st.integers(0, 128)).map(
    lambda one: IPv6Network(one, strict=False)
)
MOST = {4: 2**24, 6: 2**96}
"""How many addresses a range may hold."""


@given(st.lists(V4 | V6, min_size=1, max_size=4), st.sampled_from(["aws:SourceIp", "AWS:sourceIP"]))
def test_a_range_is_as_wide_as_the_addresses_in_it(
    networks: list[IPv4Network | IPv6Network], key: str
) -> None:
    """One wide range among narrow ones opens the statement; it is named, the others are not."""
    wide = [str(one) for one in networks if one.num_addresses > MOST[one.version]]
    found = verdict(policy_broad_source_ip, policy=policy(when("IpAddress", key, *map(str, networks))))

    assert isinstance(found, Fails if wide else Passes)
    assert [f"'{one}'" in fault for fault in faults(found) for one in wide[:3]] == [True] * len(wide[:3])
    assert not any(
        f"'{one}'" in fault for fault in faults(found) for one in map(str, networks) if one not in wide
    )


@pytest.mark.parametrize("private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00:1::/32"])
def test_a_private_range_is_nobody_elses(private: str) -> None:
    """None of them is as wide as S3 objects to."""
    assert ip_network(private).is_private
    assert isinstance(
        verdict(policy_broad_source_ip, policy=policy(when("IpAddress", "aws:SourceIp", private))), Passes
    )

"""The bottom room that decides who enters: `from portal import access`."""

from portal.access.rules import Rule, collection, public, record, rule_of, signed_in, when

__all__ = ["Rule", "collection", "public", "record", "rule_of", "signed_in", "when"]

"""DynamoDB: each item written or removed is a record that holds the whole item, so that applying it twice is harmless."""

from ministack.services import dynamodb

KIND = "item"
# Tables of few writes that decide what is served and who may do what: these are on the disk before they are answered.
DECISIONS = ("Registry",)


def follow(journal):
    """Has every change of an item appended to the journal; a transaction's changes as one record."""
    put, remove, transact = dynamodb._set_item, dynamodb._remove_item, dynamodb._transact_write_items

    def set_item(table, partition, sort, item):
        old = put(table, partition, sort, item)
        journal.append([KIND, table["TableArn"], partition, sort, item], _decides(table))
        return old

    def remove_item(table, partition, sort):
        old = remove(table, partition, sort)
        if old is not None:
            journal.append([KIND, table["TableArn"], partition, sort, None], _decides(table))
        return old

    def transact_write_items(data):
        return journal.together(transact, data)

    dynamodb._set_item = set_item
    dynamodb._remove_item = remove_item
    dynamodb._transact_write_items = transact_write_items
    return lambda record: _apply(put, remove, *record[1:])


def _decides(table):
    return any(part in table["TableName"] for part in DECISIONS)


def _apply(put, remove, arn, partition, sort, item):
    _, _, _, region, account, name = arn.split(":", 5)
    table = dynamodb._tables.get_scoped(account, region, name.removeprefix("table/"))
    if table is None:
        return  # deleted since
    if item is None:
        remove(table, partition, sort)
    else:
        put(table, partition, sort, item)

#!/usr/bin/env python3
"""Counts the operations of OpenAPI and Swagger descriptions, independently of Portolan.

Usage: count_operations.py ROOT FILE...

Reads each FILE with PyYAML (JSON is YAML), without resolving scalars, follows `$ref`s of path items into other files
below ROOT, and prints one JSON object: file -> {"operations": ["GET /path", ...], "webhooks": ["POST name", ...]}, or
{"error": "..."} when the file cannot be read. What is marked `x-internal: true` is not counted.
"""
import json
import os
import sys
import urllib.parse

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]


class Files:
    def __init__(self, root):
        self.root = os.path.realpath(root)
        self.cache = {}

    def load(self, path):
        path = os.path.realpath(path)
        if not path.startswith(self.root + os.sep):
            raise ValueError("outside")
        if path not in self.cache:
            with open(path, "rb") as file:
                text = file.read().decode("utf-8-sig")
            # Tabs are white space in JSON and an error in YAML.
            self.cache[path] = json.loads(text) if text.lstrip()[:1] == "{" and is_json(text) else yaml.load(text, LOADER)
        return self.cache[path]


def is_json(text):
    try:
        json.loads(text)
        return True
    except ValueError:
        return False


def pointer(document, fragment):
    node = document
    for part in fragment.split("/")[1:]:
        part = urllib.parse.unquote(part).replace("~1", "/").replace("~0", "~")
        node = node[int(part)] if isinstance(node, list) else node[part]
    return node


def resolve(files, path, node, depth=0):
    """Follows a path item's $ref. Returns the file it stands in and the item, or None when it is broken."""
    while isinstance(node, dict) and "$ref" in node and depth < 50:
        depth += 1
        target, _, fragment = node["$ref"].partition("#")
        if "://" in target:
            return path, None
        try:
            path = os.path.join(os.path.dirname(path), urllib.parse.unquote(target)) if target else path
            node = pointer(files.load(path), fragment) if fragment else files.load(path)
        except Exception:
            return path, None
    return path, node if isinstance(node, dict) else None


def true(node):
    return node is True or (isinstance(node, str) and node.lower() == "true")


def count_items(files, path, items, version):
    found = []
    if not isinstance(items, dict):
        return found
    for key, item in items.items():
        if key.startswith("x-"):
            continue
        _, item = resolve(files, path, item)
        if item is None or true(item.get("x-internal")):
            continue
        methods = METHODS + (["query"] if version.startswith("3.2") else [])
        for method, operation in item.items():
            if method.lower() in methods and isinstance(operation, dict) and not true(operation.get("x-internal")):
                found.append(f"{method.upper()} {key}")
        for method, operation in (item.get("additionalOperations") or {}).items() if version.startswith("3.2") else []:
            if isinstance(operation, dict) and not true(operation.get("x-internal")):
                found.append(f"{method} {key}")
    return found


def count(files, path):
    document = files.load(path)
    version = str(document.get("openapi") or document.get("swagger"))
    hooks = document.get("webhooks") if "webhooks" in document else document.get("x-webhooks")
    return {
        "operations": count_items(files, path, document.get("paths"), version),
        "webhooks": count_items(files, path, hooks, version),
    }


def main():
    files = Files(sys.argv[1])
    result = {}
    for path in sys.argv[2:]:
        try:
            result[path] = count(files, path)
        except Exception as error:
            result[path] = {"error": f"{type(error).__name__}: {str(error)[:200]}"}
    json.dump(result, sys.stdout)


main()

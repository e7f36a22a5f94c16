# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern

patterns: list[URLPattern] = []

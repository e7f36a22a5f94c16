# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "bamsat.ui"
    label = "ui"

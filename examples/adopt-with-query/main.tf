# Beside the query: what `terraform query`, Terraform 1.14 or later, takes the provider from.

terraform {
  required_providers {
    registrar = { source = "seed-9d79c00c/registrar" }
  }
}

provider "registrar" {}

# `terraform query` needs Terraform 1.14. OpenTofu doesn't support it.

terraform {
  required_version = ">= 1.14"

  required_providers {
    registrar = {
      source  = "seed-9d79c00c/registrar"
      version = "~> 0.1"
    }
  }
}

provider "registrar" {}

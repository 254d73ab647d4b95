terraform {
  required_providers {
    registrar = {
      source  = "seed-9d79c00c/registrar"
      version = "~> 0.1"
    }
  }
}

# The credentials come from CLOUDFLARE_API_TOKEN, so that they are in no file.
provider "registrar" {
  account_id = "023e105f4ecef8ad9ca31a8372d0c353"
}

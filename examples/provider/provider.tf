# The token comes from CLOUDFLARE_API_TOKEN.
provider "registrar" {
  account_id = "023e105f4ecef8ad9ca31a8372d0c353"
}

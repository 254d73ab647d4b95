data "registrar_domain" "shop" {
  domain_name = "example.com"
}

output "shop_expires_at" {
  value = data.registrar_domain.shop.expires_at
}

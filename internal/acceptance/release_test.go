// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// release is what a provider registry serves of one version: https://developer.hashicorp.com/terraform/internals/provider-registry-protocol.
type release struct {
	version   string
	protocols []string
	platforms []string          // such as "linux_amd64"
	files     map[string][]byte // archives, checksums and their signature, by name
	key       *openpgp.Entity   // the one that the registry vouches for
}

const releasePrefix = "terraform-provider-registrar_"

func (r *release) archive(platform string) string {
	return releasePrefix + r.version + "_" + platform + ".zip"
}

func (r *release) sums() string { return releasePrefix + r.version + "_SHA256SUMS" }

// newRelease reads the release that GoReleaser made in the folder RELEASE_DIST, or makes a small one in the
// same form, for this platform, from this test binary. The key is made for the test.
func newRelease(t *testing.T) *release {
	t.Helper()
	r := &release{version: "9.9.9", files: map[string][]byte{}, key: newKey(t)}
	if dist := os.Getenv("RELEASE_DIST"); dist != "" {
		r.read(t, dist)
	} else {
		r.platforms = []string{runtime.GOOS + "_" + runtime.GOARCH}
		name := r.archive(r.platforms[0])
		r.files[name] = selfPacked(t, "terraform-provider-registrar_v"+r.version)
		sum := sha256.Sum256(r.files[name])
		r.files[r.sums()] = fmt.Appendf(nil, "%s  %s\n", hex.EncodeToString(sum[:]), name)
	}
	r.sign(t, r.key)
	var manifest struct {
		Metadata struct {
			Protocols []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	text, err := os.ReadFile("../../terraform-registry-manifest.json")
	if err := cmp.Or(err, json.Unmarshal(text, &manifest)); err != nil {
		t.Fatal(err)
	}
	r.protocols = manifest.Metadata.Protocols
	return r
}

// read takes a release from a folder: what its checksums name, and the platforms of the archives among that.
func (r *release) read(t *testing.T, dist string) {
	t.Helper()
	folder := os.DirFS(dist)
	found, err := fs.Glob(folder, releasePrefix+"*_SHA256SUMS")
	if err != nil || len(found) != 1 {
		t.Fatalf("%s holds the checksums %v (%v); want one file", dist, found, err)
	}
	r.version = strings.TrimSuffix(strings.TrimPrefix(found[0], releasePrefix), "_SHA256SUMS")
	sums, err := fs.ReadFile(folder, found[0])
	if err != nil {
		t.Fatal(err)
	}
	r.files[r.sums()] = sums
	for line := range strings.Lines(string(sums)) {
		_, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if platform, is := strings.CutSuffix(strings.TrimPrefix(name, releasePrefix+r.version+"_"), ".zip"); is {
			r.platforms = append(r.platforms, platform)
			if r.files[name], err = fs.ReadFile(folder, name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// selfPacked is this test binary, which serves the provider too, in an archive as a release has it.
func selfPacked(t *testing.T, name string) []byte {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	header := &zip.FileHeader{Name: name, Method: zip.Store}
	header.SetMode(0o755)
	file, err := archive.CreateHeader(header)
	if err == nil {
		_, err = file.Write(binary)
	}
	if err := cmp.Or(err, archive.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func newKey(t *testing.T) *openpgp.Entity {
	t.Helper()
	key, err := openpgp.NewEntity("Made for one test", "", "nobody@example.com", nil)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (r *release) sign(t *testing.T, key *openpgp.Entity) {
	t.Helper()
	var signature bytes.Buffer
	if err := openpgp.DetachSign(&signature, key, bytes.NewReader(r.files[r.sums()]), nil); err != nil {
		t.Fatal(err)
	}
	r.files[r.sums()+".sig"] = signature.Bytes()
}

// serve starts a registry with this release, and returns its host and the file with the certificate to trust.
func (r *release) serve(t *testing.T) (host, certificate string) {
	t.Helper()
	var public bytes.Buffer
	armored, err := armor.Encode(&public, openpgp.PublicKeyType, nil)
	if err == nil {
		err = cmp.Or(r.key.Serialize(armored), armored.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	answer := func(pattern string, body func(req *http.Request) any) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, req *http.Request) {
			content := body(req)
			if content == nil {
				http.NotFound(w, req)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(content)
		})
	}
	answer("GET /.well-known/terraform.json", func(*http.Request) any { return map[string]any{"providers.v1": "/v1/providers/"} })
	const provider = "/v1/providers/seed-9d79c00c/registrar/"
	answer("GET "+provider+"versions", func(*http.Request) any {
		var platforms []map[string]string
		for _, platform := range r.platforms {
			system, arch, _ := strings.Cut(platform, "_")
			platforms = append(platforms, map[string]string{"os": system, "arch": arch})
		}
		return map[string]any{"versions": []any{map[string]any{"version": r.version, "protocols": r.protocols, "platforms": platforms}}}
	})
	answer("GET "+provider+r.version+"/download/{os}/{arch}", func(req *http.Request) any {
		platform := req.PathValue("os") + "_" + req.PathValue("arch")
		if !slices.Contains(r.platforms, platform) {
			return nil
		}
		name := r.archive(platform)
		return map[string]any{
			"protocols": r.protocols, "os": req.PathValue("os"), "arch": req.PathValue("arch"), "filename": name, "download_url": "/files/" + name,
			"shasums_url": "/files/" + r.sums(), "shasums_signature_url": "/files/" + r.sums() + ".sig", "shasum": r.listed(name),
			"signing_keys": map[string]any{"gpg_public_keys": []any{map[string]any{"key_id": r.key.PrimaryKey.KeyIdString(), "ascii_armor": public.String()}}},
		}
	})
	mux.HandleFunc("GET /files/{name}", func(w http.ResponseWriter, req *http.Request) {
		content, found := r.files[req.PathValue("name")]
		if !found {
			http.NotFound(w, req)
			return
		}
		_, _ = w.Write(content)
	})
	server := httptest.NewTLSServer(mux)
	t.Cleanup(server.Close)
	certificate = filepath.Join(t.TempDir(), "registry.pem")
	content := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(certificate, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(server.URL, "https://"), certificate
}

// listed is the checksum of a file in the list.
func (r *release) listed(name string) string {
	for line := range strings.Lines(string(r.files[r.sums()])) {
		if sum, of, _ := strings.Cut(strings.TrimSpace(line), "  "); of == name {
			return sum
		}
	}
	return ""
}

// installing is a workspace that takes the provider from a registry, as a user's does.
func (r *release) installing(t *testing.T) *workspace {
	t.Helper()
	host, certificate := r.serve(t)
	w := open(t, oneDomain, domain("example.com", false, fakeregistrar.Immediate()))
	w.write("providers.tf", fmt.Sprintf("terraform {\n  required_providers {\n    registrar = {\n      source  = %q\n      version = %q\n    }\n  }\n}\n", host+"/seed-9d79c00c/registrar", r.version))
	w.write("empty.tfrc", "")
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "empty.tfrc"), "SSL_CERT_FILE="+certificate)
	return w
}

func TestAccReleaseInstalls(t *testing.T) {
	t.Parallel()
	wanted(t)
	trustsTheRegistry(t)
	r := newRelease(t)
	w := r.installing(t)
	w.must(0, "init", "-input=false").says(t, "v"+r.version+" (", "key ID", r.key.PrimaryKey.KeyIdString())
	w.plan(2).says(t, "1 to add, 0 to change, 0 to destroy")
	// The lock file of a team names every platform that one of them works on.
	args := []string{"providers", "lock"}
	for _, platform := range r.platforms {
		args = append(args, "-platform="+platform)
	}
	w.must(0, args...)
	if os.Getenv("RELEASE_DIST") != "" {
		want := strings.Fields("darwin_amd64 darwin_arm64 freebsd_386 freebsd_amd64 freebsd_arm freebsd_arm64 linux_386 linux_amd64 linux_arm linux_arm64 windows_386 windows_amd64 windows_arm64")
		if got := slices.Sorted(slices.Values(r.platforms)); !slices.Equal(got, want) {
			t.Errorf("the release has the platforms %v; want %v", got, want)
		}
	}
}

func TestAccReleaseThatIsNotWhatWasSignedIsRefused(t *testing.T) {
	t.Parallel()
	wanted(t)
	trustsTheRegistry(t)
	whole := newRelease(t)
	here := whole.archive(runtime.GOOS + "_" + runtime.GOARCH)
	for sentence, c := range map[string]struct {
		spoil func(t *testing.T, r *release)
		says  string
	}{
		"a changed byte in the archive": {func(_ *testing.T, r *release) {
			r.files[here] = slices.Clone(r.files[here])
			r.files[here][len(r.files[here])/2] ^= 1
		}, "checksum"},
		"a changed byte, listed anew after the signing": {func(_ *testing.T, r *release) {
			sum := sha256.Sum256([]byte("other"))
			r.files[here] = []byte("other")
			r.files[r.sums()] = fmt.Appendf(nil, "%s  %s\n", hex.EncodeToString(sum[:]), here)
		}, "signature"},
		"no signature":             {func(_ *testing.T, r *release) { delete(r.files, r.sums()+".sig") }, "signature"},
		"the signature of another": {func(t *testing.T, r *release) { t.Helper(); r.sign(t, newKey(t)) }, "signature"},
		"no archive for this platform": {func(_ *testing.T, r *release) {
			r.platforms = []string{"plan9_amd64"}
		}, "platform"},
	} {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			r := *whole
			r.files = maps.Clone(whole.files)
			c.spoil(t, &r)
			w := r.installing(t)
			w.must(1, "init", "-input=false").says(t, c.says)
			if got, err := fs.Glob(os.DirFS(w.dir), ".terraform/providers/*/*/*/*/*/terraform-provider-*"); err != nil || got != nil {
				t.Errorf("%v was installed all the same (%v)", got, err)
			}
		})
	}
}

// trustsTheRegistry skips a test where a CLI cannot be told to trust the registry's certificate.
func trustsTheRegistry(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "darwin" {
		t.Skip("Go programs on macOS trust the keychain alone, and not SSL_CERT_FILE") //nolint:forbidigo // CI runs Linux
	}
}

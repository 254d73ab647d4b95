// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"

	"github.com/seed-9d79c00c/terraform-provider-registrar/internal/fakeregistrar"
)

// release is what a provider registry serves of one version.
type release struct {
	version string
	files   fstest.MapFS    // archives, checksums and their signature
	key     *openpgp.Entity // the one that the registry vouches for
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
	wanted(t)
	if runtime.GOOS == "darwin" {
		t.Skip("Go programs on macOS trust the keychain alone, and not SSL_CERT_FILE") //nolint:forbidigo // CI runs Linux
	}
	r := &release{"9.9.9", fstest.MapFS{}, newKey(t)}
	if dist := os.Getenv("RELEASE_DIST"); dist != "" {
		found, err := filepath.Glob(filepath.Join(dist, releasePrefix+"*"))
		for _, path := range found {
			content, failed := os.ReadFile(path)
			err = cmp.Or(err, failed)
			r.files[filepath.Base(path)] = &fstest.MapFile{Data: content}
			if version, is := strings.CutSuffix(filepath.Base(path), "_SHA256SUMS"); is {
				r.version = strings.TrimPrefix(version, releasePrefix)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	} else {
		r.pack(t)
	}
	r.sign(t, r.key)
	return r
}

// pack makes a release of this test binary, which serves the provider too.
func (r *release) pack(t *testing.T) {
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
	err = archive.AddFS(fstest.MapFS{"terraform-provider-registrar_v" + r.version: {Data: binary, Mode: 0o755}})
	if err := cmp.Or(err, archive.Close()); err != nil {
		t.Fatal(err)
	}
	r.list(runtime.GOOS+"_"+runtime.GOARCH, packed.Bytes())
}

// list takes an archive into the release, and its checksum to the top of the list.
func (r *release) list(platform string, archive []byte) {
	sums := fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(archive), r.archive(platform))
	if before, ok := r.files[r.sums()]; ok {
		sums = append(sums, before.Data...)
	}
	r.files[r.archive(platform)], r.files[r.sums()] = &fstest.MapFile{Data: archive}, &fstest.MapFile{Data: sums}
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
	if err := openpgp.DetachSign(&signature, key, bytes.NewReader(r.files[r.sums()].Data), nil); err != nil {
		t.Fatal(err)
	}
	r.files[r.sums()+".sig"] = &fstest.MapFile{Data: signature.Bytes()}
}

// platforms are those of the archives, such as "linux_amd64".
func (r *release) platforms() (found []string) {
	for name := range r.files {
		if platform, is := strings.CutSuffix(strings.TrimPrefix(name, releasePrefix+r.version+"_"), ".zip"); is {
			found = append(found, platform)
		}
	}
	return slices.Sorted(slices.Values(found))
}

// registry is the release with the documents of a provider registry:
// https://developer.hashicorp.com/terraform/internals/provider-registry-protocol.
func (r *release) registry(t *testing.T) fs.FS {
	t.Helper()
	var public bytes.Buffer
	armored, err := armor.Encode(&public, openpgp.PublicKeyType, nil)
	if err == nil {
		err = cmp.Or(r.key.Serialize(armored), armored.Close())
	}
	files := maps.Clone(r.files)
	document := func(path string, content any) {
		text, failed := json.Marshal(content)
		err = cmp.Or(err, failed)
		files[path] = &fstest.MapFile{Data: text}
	}
	manifest, failed := os.ReadFile("../../terraform-registry-manifest.json")
	protocols := regexp.MustCompile(`(?s)"protocol_versions": (\[.*?\])`).FindSubmatch(manifest)
	if failed != nil || protocols == nil {
		t.Fatalf("the manifest (%v) names no protocol: %s", failed, manifest)
	}
	const provider = "v1/providers/seed-9d79c00c/registrar/"
	var platforms []map[string]string
	for _, platform := range r.platforms() {
		system, arch, _ := strings.Cut(platform, "_")
		platforms = append(platforms, map[string]string{"os": system, "arch": arch})
		name := r.archive(platform)
		sum := regexp.MustCompile(`(\w+)  ` + regexp.QuoteMeta(name)).FindSubmatch(r.files[r.sums()].Data)
		document(provider+r.version+"/download/"+system+"/"+arch, map[string]any{
			"protocols": json.RawMessage(protocols[1]), "os": system, "arch": arch, "filename": name, "download_url": "/" + name, "shasum": string(sum[1]),
			"shasums_url": "/" + r.sums(), "shasums_signature_url": "/" + r.sums() + ".sig",
			"signing_keys": map[string]any{"gpg_public_keys": []any{map[string]any{"key_id": r.key.PrimaryKey.KeyIdString(), "ascii_armor": public.String()}}},
		})
	}
	document(".well-known/terraform.json", map[string]any{"providers.v1": "/v1/providers/"})
	document(provider+"versions", map[string]any{"versions": []any{map[string]any{"version": r.version, "protocols": json.RawMessage(protocols[1]), "platforms": platforms}}})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// installing is a workspace that takes the provider from a registry, as a user's does.
func (r *release) installing(t *testing.T) *workspace {
	t.Helper()
	server := httptest.NewTLSServer(http.FileServerFS(r.registry(t)))
	t.Cleanup(server.Close)
	w := open(t, oneDomain, domain("example.com", false, fakeregistrar.Immediate()))
	w.write("providers.tf", fmt.Sprintf("terraform {\n  required_providers {\n    registrar = {\n      source  = \"%s/seed-9d79c00c/registrar\"\n      version = %q\n    }\n  }\n}\n", server.Listener.Addr(), r.version))
	w.write("empty.tfrc", "")
	w.write("registry.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})))
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, "empty.tfrc"), "SSL_CERT_FILE="+filepath.Join(w.dir, "registry.pem"))
	return w
}

func TestAccReleaseInstalls(t *testing.T) {
	t.Parallel()
	r := newRelease(t)
	w := r.installing(t)
	w.must(0, "init", "-input=false").says(t, "v"+r.version+" (", "key ID", r.key.PrimaryKey.KeyIdString())
	w.plan(2).says(t, "1 to add, 0 to change, 0 to destroy")
	// The lock file of a team names every platform that one of them works on.
	args := []string{"providers", "lock"}
	for _, platform := range r.platforms() {
		args = append(args, "-platform="+platform)
	}
	w.must(0, args...)
	if os.Getenv("RELEASE_DIST") != "" {
		want := strings.Fields("darwin_amd64 darwin_arm64 freebsd_386 freebsd_amd64 freebsd_arm freebsd_arm64 linux_386 linux_amd64 linux_arm linux_arm64 windows_386 windows_amd64 windows_arm64")
		if got := r.platforms(); !slices.Equal(got, want) {
			t.Errorf("the release has the platforms %v; want %v", got, want)
		}
	}
}

func TestAccReleaseThatIsNotWhatWasSignedIsRefused(t *testing.T) {
	t.Parallel()
	whole := newRelease(t)
	here := runtime.GOOS + "_" + runtime.GOARCH
	changed := bytes.Clone(whole.files[whole.archive(here)].Data)
	changed[len(changed)/2] ^= 1
	for sentence, c := range map[string]struct {
		spoil func(r *release)
		says  string
	}{
		"a changed byte": {func(r *release) { r.files[r.archive(here)] = &fstest.MapFile{Data: changed} }, "checksum"},
		"a changed byte, listed after the signing": {func(r *release) { r.list(here, changed) }, "signature"},
		"no signature":                 {func(r *release) { delete(r.files, r.sums()+".sig") }, "signature"},
		"the signature of another":     {func(r *release) { r.sign(t, newKey(t)) }, "signature"},
		"no archive for this platform": {func(r *release) { delete(r.files, r.archive(here)) }, "platform"},
	} {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			r := &release{whole.version, maps.Clone(whole.files), whole.key}
			c.spoil(r)
			w := r.installing(t)
			w.must(1, "init", "-input=false").says(t, c.says)
			if got, err := fs.Glob(os.DirFS(w.dir), ".terraform/providers/*/*/*/*/*/terraform-provider-*"); err != nil || got != nil {
				t.Errorf("%v was installed all the same (%v)", got, err)
			}
		})
	}
}

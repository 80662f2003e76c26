// Verifies a ledger's evidence log with Go's own packages for transparency logs, which know nothing of Migration Ledger:
// the signature of its checkpoint, proofs of inclusion and consistency, and every leaf through its tiles.
//
// Use: verify LEDGER KEY OLD-SIZE OLD-ROOT
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var ledger = os.Args[1] + "/api/v1/log/"

func get(path string) []byte {
	answer, err := http.Get(ledger + path)
	check(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(err)
	if answer.StatusCode != 200 {
		log.Fatalf("%s: %s %s", path, answer.Status, body)
	}
	return body
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func hash(text string) tlog.Hash {
	h, err := tlog.ParseHash(text)
	check(err)
	return h
}

func hashes(texts []string) []tlog.Hash {
	var all []tlog.Hash
	for _, text := range texts {
		all = append(all, hash(text))
	}
	return all
}

// Tiles are read from the ledger; a reader of Go authenticates each against the checkpoint.
type tiles struct{}

func (tiles) Height() int                     { return 8 }
func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		// Go writes tile/8/0/x001/234, and C2SP leaves out the height.
		all = append(all, get("tile/"+strings.TrimPrefix(tile.Path(), "tile/8/")))
	}
	return all, nil
}

func main() {
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	signed, err := note.Open(get("checkpoint"), note.VerifierList(verifier))
	check(err)
	lines := strings.Split(signed.Text, "\n")
	if lines[0] != verifier.Name() {
		log.Fatalf("origin %s is not the key's name %s", lines[0], verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	tree := tlog.Tree{N: size, Hash: hash(lines[2])}

	var consistency struct{ Proof []string }
	check(json.Unmarshal(get(fmt.Sprintf("proof/consistency?first=%s&second=%d", os.Args[3], size)), &consistency))
	old, err := strconv.ParseInt(os.Args[3], 10, 64)
	check(err)
	check(tlog.CheckTree(hashes(consistency.Proof), size, tree.Hash, old, hash(os.Args[4])))

	reader := tlog.TileHashReader(tree, tiles{})
	var indexes []int64
	for leaf := int64(0); leaf < size; leaf++ {
		indexes = append(indexes, tlog.StoredHashIndex(0, leaf))
	}
	leaves, err := reader.ReadHashes(indexes)
	check(err)

	leaf, events := int64(0), 0
	for bundle := int64(0); bundle*256 < size; bundle++ {
		path := fmt.Sprintf("tile/entries/%03d", bundle)
		if size-bundle*256 < 256 {
			path += fmt.Sprintf(".p/%d", size-bundle*256)
		}
		for entries := get(path); len(entries) > 0; leaf++ {
			length := int(binary.BigEndian.Uint16(entries))
			text := entries[2 : 2+length]
			entries = entries[2+length:]
			if tlog.RecordHash(text) != leaves[leaf] {
				log.Fatalf("leaf %d is not the hash of its text", leaf)
			}
			fields := strings.Split(string(text), "\n")
			if leaf%97 == 0 && fields[0] == "migration-ledger event v1" {
				var inclusion struct {
					Leaf  int64
					Proof []string
				}
				check(json.Unmarshal(get(fmt.Sprintf("proof/inclusion?position=%s&size=%d", fields[1], size)), &inclusion))
				check(tlog.CheckRecord(hashes(inclusion.Proof), size, tree.Hash, inclusion.Leaf, tlog.RecordHash(text)))
				events++
			}
		}
	}
	fmt.Printf("verified %d leaves and %d proofs of inclusion\n", leaf, events)
}

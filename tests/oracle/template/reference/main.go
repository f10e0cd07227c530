// Reads templates, one a line in hexadecimal behind the letter of their delimiters, and prints for each what text/template/parse makes of it, in the
// form of tests/unit/helm/template_dump.h; "-" and the error where it refuses.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"sort"
	"strings"
	"text/template/parse"
)

// No template is called so.
const root = "\x00"

func quoted(out *strings.Builder, text string) {
	out.WriteByte('"')
	for _, c := range []byte(text) {
		if c < 0x20 || c > 0x7E || c == '"' || c == '\\' {
			fmt.Fprintf(out, "\\x%02x", c)
		} else {
			out.WriteByte(c)
		}
	}
	out.WriteByte('"')
}

func fields(out *strings.Builder, names []string) {
	for _, name := range names {
		out.WriteString("." + name)
	}
}

func operand(out *strings.Builder, node parse.Node) {
	switch n := node.(type) {
	case *parse.DotNode:
		out.WriteByte('.')
	case *parse.FieldNode:
		fields(out, n.Ident)
	case *parse.VariableNode:
		out.WriteString(n.Ident[0])
		fields(out, n.Ident[1:])
	case *parse.IdentifierNode:
		out.WriteString("@" + n.Ident)
	case *parse.ChainNode:
		operand(out, n.Node)
		fields(out, n.Field)
	case *parse.PipeNode:
		out.WriteByte('(')
		pipeline(out, n)
		out.WriteByte(')')
	case *parse.StringNode:
		quoted(out, n.Text)
	case *parse.NumberNode:
		out.WriteByte('#')
		quoted(out, n.Text)
	case *parse.BoolNode:
		fmt.Fprint(out, n.True)
	case *parse.NilNode:
		out.WriteString("nil")
	default:
		panic(fmt.Sprintf("an operand of kind %T", node))
	}
}

func pipeline(out *strings.Builder, pipe *parse.PipeNode) {
	for _, variable := range pipe.Decl {
		out.WriteString(variable.Ident[0] + " ")
	}
	if len(pipe.Decl) > 0 && pipe.IsAssign {
		out.WriteString("= ")
	} else if len(pipe.Decl) > 0 {
		out.WriteString(":= ")
	}
	for i, command := range pipe.Cmds {
		if i > 0 {
			out.WriteString(" | ")
		}
		for j, argument := range command.Args {
			if j > 0 {
				out.WriteByte(' ')
			}
			operand(out, argument)
		}
	}
}

func branch(out *strings.Builder, word string, n *parse.BranchNode) {
	out.WriteString(word + " ")
	pipeline(out, n.Pipe)
	list(out, n.List)
	if n.ElseList != nil {
		list(out, n.ElseList)
	}
}

func list(out *strings.Builder, nodes *parse.ListNode) {
	out.WriteByte('[')
	for _, node := range nodes.Nodes {
		out.WriteByte('{')
		switch n := node.(type) {
		case *parse.TextNode:
			out.WriteString("text")
			quoted(out, string(n.Text))
		case *parse.CommentNode:
			out.WriteString("comment")
			quoted(out, n.Text)
		case *parse.ActionNode:
			out.WriteString("print ")
			pipeline(out, n.Pipe)
		case *parse.IfNode:
			branch(out, "if", &n.BranchNode)
		case *parse.RangeNode:
			branch(out, "range", &n.BranchNode)
		case *parse.WithNode:
			branch(out, "with", &n.BranchNode)
		case *parse.TemplateNode:
			out.WriteString("call")
			quoted(out, n.Name)
			if n.Pipe != nil {
				out.WriteByte(' ')
				pipeline(out, n.Pipe)
			}
		case *parse.BreakNode:
			out.WriteString("break")
		case *parse.ContinueNode:
			out.WriteString("continue")
		default:
			panic(fmt.Sprintf("a node of kind %T", node))
		}
		out.WriteByte('}')
	}
	out.WriteByte(']')
}

func dump(text, left, right string) string {
	trees := map[string]*parse.Tree{}
	tree := parse.New(root)
	tree.Mode = parse.ParseComments | parse.SkipFuncCheck
	if _, err := tree.Parse(text, left, right, trees); err != nil {
		return "- " + strings.ReplaceAll(err.Error(), "\n", " ")
	}
	var names []string
	for name := range trees {
		if name != root {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	var out strings.Builder
	list(&out, tree.Root)
	for _, name := range names {
		out.WriteByte(' ')
		quoted(&out, name)
		list(&out, trees[name].Root)
	}
	return out.String()
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		text, err := hex.DecodeString(strings.TrimSpace(line[1:]))
		if err != nil {
			panic(err)
		}
		left, right := "{{", "}}"
		if line[0] == 'v' {
			left, right = "{%", "%}"
		}
		fmt.Fprintln(out, dump(string(text), left, right))
	}
}

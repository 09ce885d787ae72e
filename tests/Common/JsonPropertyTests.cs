// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Xunit;

namespace Reseau.Native.Tests.Common;

/// <summary>JSON that is written is read as the same, and comparison agrees with the plain recursive definition.</summary>
public unsafe class JsonPropertyTests
{
    private static readonly Gen<Tree> s_leaf = Gen.OneOf("1", "2", "-0.5", "\"x\"", "\"X\"", "\"\\u00e9\\n\"", "true", "false", "null")
        .Select(text => new Tree('l', text, []));

    private static readonly Gen<Tree> s_tree = MakeTrees(["a", "b", "cd"], mayRepeat: false);
    private static readonly Gen<Tree> s_treeWithRepeatedKeys = MakeTrees(["a", "A", "b"], mayRepeat: true);

    [Fact]
    public void WhatIsWrittenIsReadAsTheSame() =>
        s_treeWithRepeatedKeys.Sample(tree =>
        {
            JsonNode* value = Parse(tree.Text);
            string written = Write(value, false);
            JsonNode* again = Parse(Write(value, true));
            aws_json_value* copy = JsonValue.Duplicate((aws_json_value*)value);
            Assert.Equal(tree.Text, written.Replace("é\\n", "\\u00e9\\n"));
            Assert.Equal(written, Write(again, false));
            Assert.Equal(written, Write((JsonNode*)copy, false));
            Destroy(value, again, (JsonNode*)copy);
        });

    [Fact]
    public void ComparisonIsAnEquivalence() =>
        Gen.Select(s_tree, s_tree, s_tree, Gen.Bool).Sample((x, y, z, isCaseSensitive) =>
        {
            JsonNode* a = Parse(x.Text);
            JsonNode* b = Parse(y.Text);
            JsonNode* c = Parse(z.Text);
            JsonNode* copy = (JsonNode*)JsonValue.Duplicate((aws_json_value*)a);
            JsonNode* reversed = Parse(x.Reversed().Text);
            Assert.True(Equal(a, copy, isCaseSensitive));
            Assert.True(Equal(a, reversed, isCaseSensitive));
            Assert.Equal(Equal(a, b, isCaseSensitive), Equal(b, a, isCaseSensitive));
            if (Equal(a, b, isCaseSensitive))
                Assert.Equal(Equal(a, c, isCaseSensitive), Equal(b, c, isCaseSensitive));
            Destroy(a, b, c, copy, reversed);
        });

    [Fact]
    public void ComparisonAgreesWithItsDefinition() =>
        Gen.Select(s_treeWithRepeatedKeys, s_treeWithRepeatedKeys, Gen.Bool, Gen.Bool).Sample(
            (x, other, isCopy, isCaseSensitive) =>
            {
                Tree y = isCopy ? x.Reversed() : other;
                JsonNode* a = Parse(x.Text);
                JsonNode* b = Parse(y.Text);
                Assert.Equal(Tree.AreEqual(x, y, isCaseSensitive), Equal(a, b, isCaseSensitive));
                Destroy(a, b);
            },
            iter: 20_000);

    private static Gen<Tree> MakeTrees(string[] keys, bool mayRepeat)
    {
        Gen<Tree> trees = s_leaf;
        for (int level = 0; level < 4; level++)
        {
            Gen<Tree> below = trees;
            Gen<Tree> arrays = below.Array[0, 3].Select(elements =>
                new Tree('[', "", [.. elements.Select(element => ("", element))]));
            Gen<Tree> objects = Gen.Select(Gen.OneOf(keys), below).Array[0, 3].Select(members =>
                new Tree('{', "", [.. mayRepeat ? members : members.DistinctBy(member => member.Item1)]));
            trees = Gen.OneOf(s_leaf, arrays, objects, objects);
        }

        return trees;
    }

    private static JsonNode* Parse(string text)
    {
        byte[] encoded = Encoding.UTF8.GetBytes(text);
        fixed (byte* bytes = encoded)
        {
            aws_byte_cursor cursor = new() { ptr = bytes, len = (nuint)encoded.Length };
            aws_json_value* value = JsonParser.Parse(Allocator.Default(), cursor);
            Assert.True(value != null, text);
            return (JsonNode*)value;
        }
    }

    private static string Write(JsonNode* value, bool isFormatted)
    {
        aws_byte_buf text;
        ByteBuf.Init(&text, Allocator.Default(), 16);
        Assert.Equal(
            AWS_OP_SUCCESS,
            isFormatted
                ? JsonWriter.AppendFormatted((aws_json_value*)value, &text)
                : JsonWriter.Append((aws_json_value*)value, &text));
        string written = Encoding.UTF8.GetString(text.buffer, (int)text.len);
        ByteBuf.CleanUp(&text);
        return written;
    }

    private static bool Equal(JsonNode* a, JsonNode* b, bool isCaseSensitive) =>
        JsonValue.Compare((aws_json_value*)a, (aws_json_value*)b, isCaseSensitive);

    private static void Destroy(params JsonNode*[] values)
    {
        foreach (JsonNode* value in values)
            JsonNode.Destroy(value);
    }

    private sealed record Tree(char Kind, string Leaf, (string Key, Tree Value)[] Children)
    {
        internal string Text => Kind switch
        {
            '[' => $"[{string.Join(',', Children.Select(child => child.Value.Text))}]",
            '{' => $"{{{string.Join(',', Children.Select(child => $"\"{child.Key}\":{child.Value.Text}"))}}}",
            _ => Leaf,
        };

        /// <summary>The same with the members of all objects in the opposite order.</summary>
        internal Tree Reversed()
        {
            IEnumerable<(string, Tree)> children = Children.Select(child => (child.Key, child.Value.Reversed()));
            return this with { Children = [.. Kind == '{' ? children.Reverse() : children] };
        }

        internal static bool AreEqual(Tree a, Tree b, bool isCaseSensitive)
        {
            if (a.Kind != b.Kind || a.Leaf != b.Leaf)
                return false;
            if (a.Kind != '{')
            {
                return a.Children.Length == b.Children.Length && a.Children.Zip(b.Children)
                    .All(pair => AreEqual(pair.First.Value, pair.Second.Value, isCaseSensitive));
            }

            return a.HasAllOf(b, isCaseSensitive) && b.HasAllOf(a, isCaseSensitive);
        }

        private bool HasAllOf(Tree other, bool isCaseSensitive) => other.Children.All(member =>
        {
            Tree? found = Children.FirstOrDefault(mine =>
                isCaseSensitive ? mine.Key == member.Key : mine.Key.ToUpperInvariant() == member.Key.ToUpperInvariant()).Value;
            return found != null && AreEqual(found, member.Value, isCaseSensitive);
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;

namespace Reseau.Native.Common.Json;

/// <summary>
/// Equality of JSON trees as aws-c-common has it: elements are compared in order, members by key. Where an object
/// repeats a key, only the first of these members is ever found, and each other one must equal the first one of the
/// other object.
/// </summary>
/// <remarks>
/// One pass over each tree in turn, with a list of the pairs that remain: to compare members both ways at each level
/// would take time exponential in depth, and recursion too much stack.
/// </remarks>
internal static unsafe class JsonComparison
{
    internal static bool AreEqual(JsonNode* a, JsonNode* b, bool isCaseSensitive)
    {
        byte* toLower = isCaseSensitive ? null : LookupTable.ToLowerGet();
        aws_array_list left = Outline(a, toLower, out bool leftRepeats);
        aws_array_list right = Outline(b, toLower, out bool rightRepeats);
        bool areEqual = HasAllOf((Part*)right.data, (Part*)left.data, toLower) &&
            (!(leftRepeats || rightRepeats) || HasAllOf((Part*)left.data, (Part*)right.data, toLower));
        ArrayList.CleanUp(&right);
        ArrayList.CleanUp(&left);
        return areEqual;
    }

    /// <summary>Whether two doubles stand for the same number.</summary>
    internal static bool AreClose(double a, double b)
    {
        // What they may differ by, relative to the larger one.
        const double Precision = 2.220446049250313e-16;
        return Math.Abs(a - b) <= Math.Max(Math.Abs(a), Math.Abs(b)) * Precision;
    }

    /// <summary>
    /// A tree as a list of parts. The children of each stand side by side; those of an object sorted by key, without
    /// the members whose key comes a second time, which follow.
    /// </summary>
    private static aws_array_list Outline(JsonNode* root, byte* toLower, out bool hasRepeats)
    {
        aws_array_list parts;
        ArrayList.InitDynamic(&parts, root->Allocator, 1, (nuint)sizeof(Part));
        Add(&parts, root, 0);
        hasRepeats = false;
        for (nuint i = 0; i < parts.length; i++)
        {
            nuint start = parts.length;
            JsonNode* node = ((Part*)parts.data)[i].Node;
            for (JsonNode* child = node->First; child != null; child = child->Next)
                Add(&parts, child, parts.length - start);

            Part* part = (Part*)parts.data + i;
            part->Children = start - i;
            part->Distinct = part->Count = parts.length - start;
            if (node->Type == JsonType.Object)
                SortMembers(part, toLower);
            hasRepeats |= part->Distinct < part->Count;
        }

        return parts;
    }

    private static void Add(aws_array_list* parts, JsonNode* node, nuint order)
    {
        Part part = new() { Node = node, Order = order };
        ArrayList.PushBack(parts, &part);
    }

    private static void SortMembers(Part* part, byte* toLower)
    {
        Span<Part> members = new(part + part->Children, (int)part->Count);
        KeyOrder order = new(toLower);
        members.Sort(order);
        for (int i = 1; i < members.Length; i++)
        {
            members[i].IsRepeated = order.CompareKeys(members[i - 1], members[i]) == 0;
            if (members[i].IsRepeated)
                part->Distinct--;
        }

        if (part->Distinct < part->Count)
            members.Sort(order);
    }

    /// <summary>Whether each part of <paramref name="wanted"/> finds its equal.</summary>
    private static bool HasAllOf(Part* found, Part* wanted, byte* toLower)
    {
        aws_array_list pending;
        ArrayList.InitDynamic(&pending, wanted->Node->Allocator, 0, (nuint)sizeof(Pair));
        bool isSame = IsSame(&pending, found, wanted);
        while (isSame && pending.length > 0)
        {
            Pair pair = ((Pair*)pending.data)[pending.length - 1];
            ArrayList.PopBack(&pending);
            isSame = HaveSameChildren(&pending, pair.Found, pair.Wanted, toLower);
        }

        ArrayList.CleanUp(&pending);
        return isSame;
    }

    /// <summary>The children of two containers remain to be compared.</summary>
    private static bool IsSame(aws_array_list* pending, Part* found, Part* wanted)
    {
        JsonNode* a = found->Node;
        JsonNode* b = wanted->Node;
        if (a->Type != b->Type)
            return false;
        if (a->Type == JsonType.Number)
            return AreClose(a->Number, b->Number);
        if (a->Type == JsonType.String)
            return ByteArray.Eq(a->Text.ptr, a->Text.len, b->Text.ptr, b->Text.len);

        Pair pair = new() { Found = found, Wanted = wanted };
        return wanted->Count == 0 ? found->Count == 0 : ArrayList.PushBack(pending, &pair) == AWS_OP_SUCCESS;
    }

    private static bool HaveSameChildren(aws_array_list* pending, Part* found, Part* wanted, byte* toLower)
    {
        if (found->Distinct != wanted->Distinct)
            return false;

        KeyOrder order = new(toLower);
        bool hasKeys = wanted->Node->Type == JsonType.Object;
        Part* mine = found + found->Children;
        Part* theirs = wanted + wanted->Children;
        for (nuint i = 0; i < wanted->Distinct; i++)
        {
            if ((hasKeys && order.CompareKeys(mine[i], theirs[i]) != 0) || !IsSame(pending, mine + i, theirs + i))
                return false;
        }

        // Both have the same keys, in the same order.
        for (nuint i = wanted->Distinct; i < wanted->Count; i++)
        {
            while (order.CompareKeys(*mine, theirs[i]) != 0)
                mine++;
            if (!IsSame(pending, mine, theirs + i))
                return false;
        }

        return true;
    }

    private struct Part
    {
        internal JsonNode* Node;

        /// <summary>Which child of its parent it is.</summary>
        internal nuint Order;

        /// <summary>How far behind this part its children begin.</summary>
        internal nuint Children;
        internal nuint Count;

        /// <summary>How many of the children are not repetitions.</summary>
        internal nuint Distinct;
        internal bool IsRepeated;
    }

    private struct Pair
    {
        internal Part* Found;
        internal Part* Wanted;
    }

    private readonly struct KeyOrder(byte* toLower) : IComparer<Part>
    {
        public int Compare(Part x, Part y)
        {
            int order = x.IsRepeated.CompareTo(y.IsRepeated);
            order = order != 0 ? order : CompareKeys(x, y);
            return order != 0 ? order : x.Order.CompareTo(y.Order);
        }

        internal int CompareKeys(Part x, Part y) => ByteCursor.CompareLookup(&x.Node->Key, &y.Node->Key, toLower);
    }
}

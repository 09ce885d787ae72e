// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Platform;

namespace Reseau.Native.Disk;

/// <summary>
/// The changes of a folder's names within some time: of each name the outcome, in the order in which they came about.
/// What comes and goes leaves no trace.
/// </summary>
internal unsafe struct ChangeList
{
    /// <summary>More at a time are not looked at one by one: look at everything.</summary>
    private const int MaxChanges = 1024;

    // So many that are void are cleared away.
    private const int MaxVoids = MaxChanges;

    // Kinds of the list's own, beside those of reseau_file_change_kind.
    private const int Void = 0;
    private const int MovedAway = -1;

    private struct Change
    {
        internal int Kind;
        internal uint Hash;
        internal uint Move;
        internal bool IsFolder;

        // C strings in the names, by where they begin; -1 is none.
        internal int Name;
        internal int OldName;
    }

    private Change* _changes;
    private int _count;

    /// <summary>Of these, those that are void.</summary>
    private int _voids;
    private int _room;
    private byte* _names;
    private int _namesLength;
    private int _namesRoom;

    internal readonly int Count => _count;

    /// <summary>Some were lost: everything is to be looked at again.</summary>
    internal bool IsIncomplete;

    internal static void Free(ChangeList* list)
    {
        Heap.Free(list->_changes);
        Heap.Free(list->_names);
        *list = default;
    }

    /// <summary>Begins again; memory of a usual size stays.</summary>
    internal static void Clear(ChangeList* list)
    {
        const int usual = 64;
        if (list->_room > usual)
            Free(list);
        list->_count = 0;
        list->_voids = 0;
        list->_namesLength = 0;
        list->IsIncomplete = false;
    }

    /// <summary>A notice with a name.</summary>
    internal static void Add(ChangeList* list, in FolderWatch.Notice notice)
    {
        if (list->_voids >= MaxVoids)
            Compact(list);
        ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(notice.Name);
        uint hash = HashOf(name);
        Change* last = Find(list, name, hash);
        switch (notice.Kind)
        {
            case FolderWatch.NoticeKind.Created:
                Come(list, last, name, hash, notice.IsFolder);
                break;
            case FolderWatch.NoticeKind.Changed:
                if (last == null || last->Kind is not (RESEAU_FILE_CREATED or RESEAU_FILE_CHANGED))
                    Append(list, RESEAU_FILE_CHANGED, name, hash, notice.IsFolder);
                break;
            case FolderWatch.NoticeKind.Removed:
                Go(list, last, name, hash, notice.IsFolder);
                break;
            case FolderWatch.NoticeKind.MovedFrom:
                MoveAway(list, name, hash, in notice);
                break;
            case FolderWatch.NoticeKind.MovedTo:
                MoveTo(list, last, name, hash, in notice);
                break;
        }
    }

    /// <summary>All has been added: what has moved to another folder is not here any more.</summary>
    internal static void Settle(ChangeList* list)
    {
        int count = list->_count;
        for (int i = 0; i < count; i++)
        {
            Change moved = list->_changes[i];
            if (moved.Kind != MovedAway)
                continue;
            Drop(list, &list->_changes[i]);
            ReadOnlySpan<byte> name = NameAt(list, moved.Name);
            Go(list, Find(list, name, moved.Hash), name, moved.Hash, moved.IsFolder);
        }
    }

    /// <summary>The change of that number; false if it is none any more. Good until the next call.</summary>
    internal static bool TryGet(ChangeList* list, int index, reseau_file_change* change)
    {
        Change* found = &list->_changes[index];
        if (found->Kind == Void)
            return false;
        *change = new reseau_file_change
        {
            kind = found->Kind,
            is_folder = found->IsFolder ? 1 : 0,
            name = list->_names + found->Name,
            old_name = found->OldName < 0 ? null : list->_names + found->OldName,
        };
        return true;
    }

    // In the place of what has gone before: changed, then.
    private static void Come(ChangeList* list, Change* last, ReadOnlySpan<byte> name, uint hash, bool isFolder)
    {
        bool wasThere = last != null && last->Kind == RESEAU_FILE_REMOVED && last->IsFolder == isFolder;
        if (wasThere)
            Drop(list, last);
        Append(list, wasThere ? RESEAU_FILE_CHANGED : RESEAU_FILE_CREATED, name, hash, isFolder);
    }

    // What was made in the same time was never there; what was renamed has gone by its old name.
    private static void Go(ChangeList* list, Change* last, ReadOnlySpan<byte> name, uint hash, bool isFolder)
    {
        int kind = last == null ? RESEAU_FILE_REMOVED : last->Kind;
        if (kind is RESEAU_FILE_CREATED or RESEAU_FILE_CHANGED or RESEAU_FILE_RENAMED)
            Drop(list, last);
        if (kind == RESEAU_FILE_CREATED)
            return;
        if (kind == RESEAU_FILE_CHANGED)
            VoidRename(list, ref name, ref hash);
        if (kind == RESEAU_FILE_RENAMED)
        {
            name = NameAt(list, last->OldName);
            hash = HashOf(name);
        }

        Append(list, RESEAU_FILE_REMOVED, name, hash, isFolder);
    }

    // A change behind a rename is not all that there is of the name.
    private static void VoidRename(ChangeList* list, ref ReadOnlySpan<byte> name, ref uint hash)
    {
        Change* before = Find(list, name, hash);
        if (before == null || before->Kind != RESEAU_FILE_RENAMED)
            return;
        Drop(list, before);
        name = NameAt(list, before->OldName);
        hash = HashOf(name);
    }

    // Not yet known where to: it waits for that as a change of its own.
    private static void MoveAway(ChangeList* list, ReadOnlySpan<byte> name, uint hash, in FolderWatch.Notice notice)
    {
        Append(list, MovedAway, name, hash, notice.IsFolder);
        if (!list->IsIncomplete)
            list->_changes[list->_count - 1].Move = notice.Move;
    }

    private static void MoveTo(
        ChangeList* list, Change* last, ReadOnlySpan<byte> name, uint hash, in FolderWatch.Notice notice)
    {
        Change* from = FindMove(list, notice.Move);
        if (from == null)
        {
            Come(list, last, name, hash, notice.IsFolder);
            return;
        }

        // Made here and given its name: as files are that take the place of others at once.
        ReadOnlySpan<byte> oldName = NameAt(list, from->Name);
        uint oldHash = from->Hash;
        int oldStart = from->Name;
        Drop(list, from);
        Change* before = Find(list, oldName, oldHash);
        bool isNew = before != null && before->Kind == RESEAU_FILE_CREATED;
        if (isNew)
        {
            Drop(list, before);
            Append(list, RESEAU_FILE_CREATED, name, hash, notice.IsFolder);
            return;
        }

        // Renamed twice is renamed once.
        if (before != null && before->Kind == RESEAU_FILE_RENAMED)
        {
            oldStart = before->OldName;
            Drop(list, before);
        }

        Append(list, RESEAU_FILE_RENAMED, name, hash, notice.IsFolder);
        if (!list->IsIncomplete)
            list->_changes[list->_count - 1].OldName = oldStart;
    }

    private static Change* Find(ChangeList* list, ReadOnlySpan<byte> name, uint hash)
    {
        for (int i = list->_count - 1; i >= 0; i--)
        {
            Change* change = &list->_changes[i];
            if (change->Kind != Void && change->Hash == hash && NameAt(list, change->Name).SequenceEqual(name))
                return change;
        }

        return null;
    }

    private static Change* FindMove(ChangeList* list, uint move)
    {
        for (int i = list->_count - 1; i >= 0; i--)
        {
            if (list->_changes[i].Kind == MovedAway && list->_changes[i].Move == move)
                return &list->_changes[i];
        }

        return null;
    }

    private static ReadOnlySpan<byte> NameAt(ChangeList* list, int start) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated(list->_names + start);

    private static uint HashOf(ReadOnlySpan<byte> name)
    {
        // FNV-1a.
        uint hash = 2166136261;
        foreach (byte letter in name)
            hash = (hash ^ letter) * 16777619;
        return hash;
    }

    private static void Drop(ChangeList* list, Change* change)
    {
        change->Kind = Void;
        list->_voids++;
    }

    // Those that are not void, and their names.
    private static void Compact(ChangeList* list)
    {
        byte* names = list->_names;
        list->_names = null;
        list->_namesLength = 0;
        list->_namesRoom = 0;
        int kept = 0;
        for (int i = 0; i < list->_count; i++)
        {
            Change change = list->_changes[i];
            if (change.Kind == Void)
                continue;

            change.Name = Keep(list, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(names + change.Name));
            if (change.OldName >= 0)
                change.OldName =
                    Keep(list, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(names + change.OldName));
            list->_changes[kept++] = change;
        }

        list->_count = kept;
        list->_voids = 0;
        Heap.Free(names);
    }

    private static void Append(ChangeList* list, int kind, ReadOnlySpan<byte> name, uint hash, bool isFolder)
    {
        if (list->_count - list->_voids == MaxChanges)
            list->IsIncomplete = true;
        if (list->IsIncomplete)
            return;

        if (list->_count == list->_room)
        {
            list->_room = int.Max(list->_room * 2, 16);
            list->_changes = (Change*)Larger(list->_changes, (nuint)list->_room * (nuint)sizeof(Change));
        }

        list->_changes[list->_count++] = new Change
        {
            Kind = kind,
            Hash = hash,
            IsFolder = isFolder,
            Name = Keep(list, name),
            OldName = -1,
        };
    }

    // Where it begins among the names. It may be one of them.
    private static int Keep(ChangeList* list, ReadOnlySpan<byte> name)
    {
        int start = list->_namesLength;
        int needed = start + name.Length + 1;
        if (needed > list->_namesRoom)
        {
            byte* old = list->_names;
            list->_namesRoom = int.Max(needed, list->_namesRoom * 2);
            byte* larger = (byte*)Larger(null, (nuint)list->_namesRoom);
            new ReadOnlySpan<byte>(old, start).CopyTo(new Span<byte>(larger, start));
            name.CopyTo(new Span<byte>(larger + start, name.Length));
            Heap.Free(old);
            list->_names = larger;
        }
        else
        {
            name.CopyTo(new Span<byte>(list->_names + start, name.Length));
        }

        list->_names[needed - 1] = 0;
        list->_namesLength = needed;
        return start;
    }

    private static void* Larger(void* block, nuint size)
    {
        void* larger = Heap.Reallocate(block, size);
        if (larger == null)
            Fatal.OutOfMemory();
        return larger;
    }
}

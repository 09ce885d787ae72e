// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Memory;

/// <summary>
/// The blocks of one size of a small block allocator, behind a lock of their own if several threads use it. The first
/// page with room serves; one page is kept when all blocks are back.
/// </summary>
internal unsafe struct BlockClass
{
    private nuint _blockSize;
    private nuint _pageCount;
    private nuint _usedCount;

    private aws_linked_list _pagesWithRoom;
    private aws_linked_list _fullPages;

    private aws_mutex _lock;

    internal static void Init(BlockClass* blocks, nuint blockSize, bool isShared)
    {
        *blocks = default;
        blocks->_blockSize = blockSize;
        LinkedList.Init(&blocks->_pagesWithRoom);
        LinkedList.Init(&blocks->_fullPages);
        if (isShared)
            Mutex.Init(&blocks->_lock);
    }

    internal static void CleanUp(BlockClass* blocks)
    {
        LinkedList.MoveAllBack(&blocks->_pagesWithRoom, &blocks->_fullPages);
        while (!LinkedList.IsEmpty(&blocks->_pagesWithRoom))
            BlockPage.Delete((BlockPage*)LinkedList.PopFront(&blocks->_pagesWithRoom));
        Mutex.CleanUp(&blocks->_lock);
    }

    internal static void* Acquire(BlockClass* blocks)
    {
        Lock(blocks);
        if (LinkedList.IsEmpty(&blocks->_pagesWithRoom))
        {
            LinkedList.PushFront(&blocks->_pagesWithRoom, &BlockPage.New(blocks)->Node);
            blocks->_pageCount++;
        }

        BlockPage* page = (BlockPage*)LinkedList.Front(&blocks->_pagesWithRoom);
        void* block = BlockPage.Take(page, blocks->_blockSize);
        blocks->_usedCount++;
        if (BlockPage.IsFull(page, blocks->_blockSize))
            MoveTo(&blocks->_fullPages, page);

        Unlock(blocks);
        return block;
    }

    internal static void Release(BlockPage* page, void* block)
    {
        BlockClass* blocks = page->Class;
        Lock(blocks);
        if (BlockPage.IsFull(page, blocks->_blockSize))
            MoveTo(&blocks->_pagesWithRoom, page);

        BlockPage.PutBack(page, block);
        blocks->_usedCount--;

        bool isOnlyOne = LinkedList.Front(&blocks->_pagesWithRoom) == LinkedList.Back(&blocks->_pagesWithRoom);
        if (BlockPage.IsEmpty(page) && !isOnlyOne)
        {
            LinkedList.Remove(&page->Node);
            BlockPage.Delete(page);
            blocks->_pageCount--;
        }

        Unlock(blocks);
    }

    internal static nuint BytesActive(BlockClass* blocks)
    {
        Lock(blocks);
        nuint bytes = blocks->_usedCount * blocks->_blockSize;
        Unlock(blocks);
        return bytes;
    }

    internal static nuint BytesReserved(BlockClass* blocks)
    {
        Lock(blocks);
        nuint bytes = blocks->_pageCount * BlockPage.Size;
        Unlock(blocks);
        return bytes;
    }

    private static void MoveTo(aws_linked_list* list, BlockPage* page)
    {
        LinkedList.Remove(&page->Node);
        LinkedList.PushFront(list, &page->Node);
    }

    private static void Lock(BlockClass* blocks)
    {
        if (blocks->_lock.initialized)
            Mutex.Lock(&blocks->_lock);
    }

    private static void Unlock(BlockClass* blocks)
    {
        if (blocks->_lock.initialized)
            Mutex.Unlock(&blocks->_lock);
    }
}

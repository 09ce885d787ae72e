// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;
using Reseau.Native.Tests.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.Sockets;

/// <summary>
/// The write queue over a backend that the test plays: what it hands out, when writes complete, and what happens to
/// memory that a completion backend still has when the socket is closed.
/// </summary>
public sealed unsafe class SocketWriterTests : IDisposable
{
    private const int Handle = 7;

    private static readonly List<string> s_sent = [];
    private static readonly List<(int Error, nuint Written)> s_completed = [];
    private static readonly List<nint> s_freed = [];
    private static readonly Queue<int> s_answers = [];
    private static readonly List<byte[]> s_kept = [];
    private static int s_closes;

    private readonly TestLoop _loop = TestLoop.New("virtual time");
    private readonly SocketBackend* _backend;
    private readonly SocketObserver* _observer;
    private SocketCore* _core;

    public SocketWriterTests()
    {
        s_sent.Clear();
        s_completed.Clear();
        s_freed.Clear();
        s_answers.Clear();
        s_closes = 0;
        _backend = (SocketBackend*)NativeMemory.AllocZeroed((nuint)sizeof(SocketBackend));
        _backend->Send = &Send;
        _backend->SendFile = &SendFile;
        _backend->Attach = &Attach;
        _backend->Detach = &Detach;
        _backend->CloseHandle = &Close;
        _observer = (SocketObserver*)NativeMemory.AllocZeroed((nuint)sizeof(SocketObserver));
    }

    public void Dispose()
    {
        if (_core != null)
            SocketCore.Release(_core);
        _loop.Dispose();
        NativeMemory.Free(_backend);
        NativeMemory.Free(_observer);
    }

    [Fact]
    public void SmallWritesOfOneTickLeaveTogetherAndCompleteInOrder()
    {
        Connect();
        _loop.InTask(() =>
        {
            Write("a");
            Write("b");
            Write("c");
            Assert.Empty(s_sent);
        });
        _loop.RunUntil(() => s_completed.Count == 3);
        Assert.Equal(["abc"], s_sent);
        Assert.All(s_completed, c => Assert.Equal((AWS_ERROR_SUCCESS, 1u), c));
    }

    [Fact]
    public void AShortSendWaitsForTheWritableEvent()
    {
        Connect();
        s_answers.Enqueue(2);
        _loop.InTask(() => Write("hello"));
        _loop.RunUntil(() => s_sent.Count == 1);
        Assert.Equal(SendState.Blocked, _core->SendState);
        Assert.Empty(s_completed);
        _loop.InTask(() => SocketEvents.Deliver(_core, SocketEvents.Writable));
        _loop.RunUntil(() => s_completed.Count == 1);
        Assert.Equal(["he", "llo"], s_sent);
    }

    [Fact]
    public void APendingSendCompletesNothingBeforeItHasComeBack()
    {
        Connect(isCompletion: true);
        s_answers.Enqueue(SocketResult.Pending);
        _loop.InTask(() => Write("one"));
        _loop.RunUntil(() => s_sent.Count == 1);
        _loop.InTask(() => Write("two"));
        _loop.Tick(3);
        Assert.Equal(["one"], s_sent);
        Assert.Empty(s_completed);

        _loop.InTask(() => SocketWriter.Sent(_core, 3, AWS_ERROR_SUCCESS));
        _loop.RunUntil(() => s_completed.Count == 2);
        Assert.Equal(["one", "two"], s_sent);
    }

    [Fact]
    public void AfterACloseWritesOfAPendingSendCompleteWhenItHasComeBack()
    {
        Connect(isCompletion: true);
        s_answers.Enqueue(SocketResult.Pending);
        _loop.InTask(() => Write("one"));
        _loop.RunUntil(() => s_sent.Count == 1);
        _loop.InTask(() =>
        {
            Write("two");
            SocketClose.Close(_core);
            Assert.Empty(s_completed);
        });
        _loop.RunUntil(() => s_closes == 1);
        _loop.InTask(() => SocketWriter.Sent(_core, 3, AWS_ERROR_SUCCESS));
        _loop.RunUntil(() => s_completed.Count == 2);
        Assert.Equal([(AWS_ERROR_SUCCESS, 3u), (AWS_IO_SOCKET_CLOSED, 0u)], s_completed);
        Assert.True(_core->Writes == null);
    }

    [Fact]
    public void OwnedMemoryIsFreedOnceItsWriteHasCompleted()
    {
        Connect();
        _loop.InTask(() =>
        {
            WriteRequest* request = Take("mine");
            request->Source = WriteSource.Owned;
            request->OwnedMemory = request->Data;
            request->Free = &Free;
            SocketWriter.Write(_core, request);
        });
        _loop.RunUntil(() => s_freed.Count == 1);
        Assert.Single(s_completed);
    }

    [Fact]
    public void APartOfAFileGoesInItsPlaceAmongTheWrites()
    {
        Connect();
        _loop.InTask(() =>
        {
            Write("head ");
            WriteRequest* request = Take("");
            request->Source = WriteSource.File;
            request->File = 5;
            request->FileOffset = 100;
            request->Length = 20;
            SocketWriter.Write(_core, request);
            Write(" tail");
        });
        _loop.RunUntil(() => s_completed.Count == 3);
        Assert.Equal(["head ", "5@100+20", " tail"], s_sent);
    }

    [Fact]
    public void AnErrorEndsTheStreamForThisAndLaterWrites()
    {
        Connect();
        s_answers.Enqueue(-AWS_IO_SOCKET_CLOSED);
        _loop.InTask(() => Write("lost"));
        _loop.RunUntil(() => s_completed.Count == 1);
        Assert.Equal((AWS_IO_SOCKET_CLOSED, 0u), s_completed[0]);
        WriteRequest* request;
        Assert.Equal(AWS_IO_SOCKET_CLOSED, SocketWriter.TakeRequest(_core, &request));
    }

    private void Connect(bool isCompletion = false)
    {
        _backend->LendsPieces = isCompletion;
        aws_socket_options options = new() { type = AWS_SOCKET_STREAM, domain = AWS_SOCKET_LOCAL };
        _core = Allocator.New<SocketCore>(_loop.Allocator);
        SocketCore.Init(_core, _loop.Allocator, _backend, _observer, null, &options);
        SocketCore.SetHandle(_core, Handle);
        _loop.Run();
        Assert.Equal(AWS_ERROR_SUCCESS, SocketEvents.Attach(_core, _loop.Native, accepts: false));
        SocketCore.SetPhase(
            _core, SocketPhase.Connected, SocketDirections.Receiving | SocketDirections.Sending);
    }

    private void Write(string text) => SocketWriter.Write(_core, Take(text));

    private WriteRequest* Take(string text)
    {
        WriteRequest* request;
        Assert.Equal(AWS_ERROR_SUCCESS, SocketWriter.TakeRequest(_core, &request));
        byte[] bytes = GC.AllocateArray<byte>(text.Length + 1, pinned: true);
        Encoding.ASCII.GetBytes(text, bytes);
        s_kept.Add(bytes);
        request->Data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        request->Length = (nuint)text.Length;
        request->OnWritten = &OnWritten;
        return request;
    }

    private static void OnWritten(SocketCore* core, WriteResult* result)
    {
        Assert.Empty(s_freed);
        s_completed.Add((result->Error, result->Written));
        TestLoop.Changed();
    }

    private static void Free(void* memory)
    {
        s_freed.Add((nint)memory);
        TestLoop.Changed();
    }

    // An answer is a number of bytes, Pending, or an error as a negative number; without one everything is sent.
    private static int Send(SocketCore* core, SendPiece* pieces, int count, nuint* sent)
    {
        StringBuilder all = new();
        for (int i = 0; i < count; i++)
            all.Append(Encoding.ASCII.GetString(pieces[i].Data, (int)pieces[i].Length));
        int answer = s_answers.Count == 0 ? all.Length : s_answers.Dequeue();
        if (answer < -100)
            return -answer;

        s_sent.Add(answer >= 0 ? all.ToString(0, answer) : all.ToString());
        TestLoop.Changed();
        *sent = (nuint)int.Max(answer, 0);
        return answer >= 0 ? AWS_ERROR_SUCCESS : answer;
    }

    private static int SendFile(SocketCore* core, int file, ulong offset, nuint length, nuint* sent)
    {
        s_sent.Add($"{file}@{offset}+{length}");
        *sent = length;
        return AWS_ERROR_SUCCESS;
    }

    private static int Attach(SocketCore* core, aws_event_loop* loop, bool accepts) => AWS_ERROR_SUCCESS;

    private static int Detach(SocketCore* core, bool isLoopGone) => AWS_ERROR_SUCCESS;

    private static void Close(nint handle)
    {
        Assert.Equal(Handle, handle);
        s_closes++;
        TestLoop.Changed();
    }
}

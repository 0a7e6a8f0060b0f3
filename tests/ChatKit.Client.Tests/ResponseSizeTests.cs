// How much of an answer is read: up to the limit that is set, counted after decompression.
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class ResponseSizeTests
{
    // Only a client that hangs takes so long.
    private const int Hung = 60_000;

    private const int Piece = 16 * 1024;

    [Theory(Timeout = Hung)]
    [InlineData(null, 64 << 20, "67,108,864")]
    [InlineData(1024, 1024, "1,024")]
    [InlineData(5_000_000, 5_000_000, "5,000,000")]
    public async Task A_body_without_end_is_left_at_the_limit(int? setting, int limit, string shown)
    {
        FakeServer server =
            new(_ => FakeServer.Response(new StreamContent(new EndlessStream()), 200, "x-request-id: req_1"));
        server.Options.MaximumResponseSize = setting ?? server.Options.MaximumResponseSize;

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(
            (ChatKitErrorKind.InvalidResponse, 200, "req_1"), (failure.Kind, failure.StatusCode, failure.RequestId));
        Assert.InRange(LengthRead(failure, shown), limit + 1, limit + Piece);
        Assert.Contains("«xxx", failure.Message);
    }

    [Fact]
    public async Task There_is_no_limit_where_what_was_written_is_read_back()
    {
        FakeServer server = new($$"""{"id":"cthr_1"}{{new string(' ', 5000)}}""");
        (server.Options.MaximumResponseSize, server.Options.IsResponseSizeUnlimited) = (1024, true);
        Assert.Equal("cthr_1", (await server.GetAsync()).Id);
    }

    [Theory(Timeout = Hung)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_body_of_the_very_limit_is_read_and_one_of_a_byte_more_is_not(int more, bool read)
    {
        string json = $$"""{"id":"cthr_1"}{{new string(' ', 2048 - 15 + more)}}""";
        foreach (HttpContent content in new HttpContent[]
        {
            new ByteArrayContent(Encoding.UTF8.GetBytes(json)),
            new StreamContent(new UnmeasuredStream(Encoding.UTF8.GetBytes(json))),
        })
        {
            FakeServer server = new(_ => FakeServer.Response(content));
            server.Options.MaximumResponseSize = 2048;
            if (read)
            {
                Assert.Equal(json, (await server.GetAsync()).ToJson());
            }
            else
            {
                Assert.Equal(2049, LengthRead(await server.FailAsync(), "2,048"));
            }
        }
    }

    [Fact(Timeout = Hung)]
    public async Task Of_a_body_that_announces_too_much_no_more_is_read_than_is_shown()
    {
        FakeServer server =
            new(_ => FakeServer.Response(new StreamContent(new EndlessStream()), 200, "Content-Length: 5000000000"));

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
        Assert.InRange(LengthRead(failure, "67,108,864"), 1, Piece);
        Assert.Contains("«xxx", failure.Message);
    }

    [Fact(Timeout = Hung)]
    public async Task A_body_that_announces_too_much_over_a_socket_is_left_at_once()
    {
        using SocketServer server = new(async (stream, token) =>
        {
            await SocketServer.SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n{", token);
            await Task.Delay(Timeout.Infinite, token);
        });

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((ChatKitErrorKind.InvalidResponse, 1), (failure.Kind, LengthRead(failure, "67,108,864")));
    }

    [Fact(Timeout = Hung)]
    public async Task A_compressed_body_that_grows_without_end_is_left_at_the_limit_and_not_asked_for_again()
    {
        using SocketServer server = new(async (stream, token) =>
        {
            await SocketServer.SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", token);
            using GZipStream gzip = new(stream, CompressionLevel.Fastest);
            byte[] zeros = new byte[64 * 1024];
            while (!token.IsCancellationRequested)
            {
                await gzip.WriteAsync(zeros, 0, zeros.Length, token);
            }
        });
        server.Options.MaximumResponseSize = 1 << 20;
        server.Options.MaximumRetryCount = 5;

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((ChatKitErrorKind.InvalidResponse, 200), (failure.Kind, failure.StatusCode));
        Assert.InRange(LengthRead(failure, "1,048,576"), (1 << 20) + 1, (1 << 20) + Piece);
        Assert.Single(server.Heads);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(1023)]
    [InlineData((512 << 20) + 1)]
    [InlineData(int.MaxValue)]
    public void A_limit_out_of_range_is_refused(int limit)
    {
        ChatKitClientOptions options = new() { ApiKey = FakeServer.Key, MaximumResponseSize = limit };

        Assert.Equal(
            nameof(options.MaximumResponseSize),
            Assert.Throws<ChatKitSettingException>(() => new ChatKitClient(options)).Setting);
    }

    [Fact]
    public async Task The_largest_limit_sets_no_memory_aside()
    {
        FakeServer server = FakeServer.WithEveryThread();
        server.Options.MaximumResponseSize = 512 << 20;

        Assert.Equal("cthr_1", (await server.GetAsync()).Id);
    }

    /// <summary>How many bytes were read, as the message has it. It also names the limit and the setting.</summary>
    private static int LengthRead(ChatKitApiException failure, string limit)
    {
        Match said = Regex.Match(failure.Message, @"was cut short after (\d+) bytes \(It is larger than ([\d,]+) bytes, which is the MaximumResponseSize of the connection\)\.");
        Assert.True(said.Success, failure.Message);
        Assert.Equal(limit, said.Groups[2].Value);
        return int.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>A body whose length is not known beforehand.</summary>
    private class UnmeasuredStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }

    /// <summary>A body that never ends.</summary>
    private sealed class EndlessStream() : UnmeasuredStream([])
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            for (int i = offset; i < offset + count; i++)
            {
                buffer[i] = (byte)'x';
            }

            return Task.FromResult(count);
        }
    }
}

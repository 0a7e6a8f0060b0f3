// A round trip: the tests of the emulator's answers, asked of an archive of the same threads.
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Emulator;

namespace ChatKit.Tests;

internal static class EmulatedHandler
{
    public static HttpMessageHandler Of(ThreadStore store) => new ArchivedHandler(store);

    /// <summary>
    /// Answers each GET from an archive of what the store holds at that moment, and everything else itself.
    /// </summary>
    private sealed class ArchivedHandler(ThreadStore store) : DelegatingHandler(new ChatKitEmulator(store))
    {
        private int _requests;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            string folder = Directory.CreateTempSubdirectory("chatkit-archive-").FullName;
            try
            {
                using ChatKitClient client =
                    ChatKitEmulator.CreateClient(new() { ApiKey = Site.Key, BaseUri = ChatKitEmulator.BaseUri }, store);
                ChatKitArchiveExportResult result = await new ChatKitArchiveExport(
                    client, new(folder, new(ChatKitEmulator.BaseUri))).RunAsync(null, cancellationToken);
                Assert.True(result.Manifest.Complete);
                using ChatKitEmulator archive =
                    new(ChatKitArchiveStore.Of(ChatKitArchiveIndex.Open(folder, cancellationToken: cancellationToken)));
                HttpResponseMessage answer = await archive.AnswerAsync(request);

                // Each emulator counts its own; here there is one for every request.
                answer.Headers.Remove("x-request-id");
                answer.Headers.Add("x-request-id", $"req_{Interlocked.Increment(ref _requests):x32}");
                return answer;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}

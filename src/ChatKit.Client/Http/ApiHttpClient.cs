// Makes the HttpClient of a connection, with the headers that every request carries.
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;

namespace ChatKit.Http;

internal static class ApiHttpClient
{
    /// <summary>Makes a client. It has no timeout: the sender limits each attempt.</summary>
    /// <param name="options">Validated settings.</param>
    /// <param name="handler">The way to the server. The client owns it.</param>
    public static HttpClient Create(ChatKitClientOptions options, HttpMessageHandler handler)
    {
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        HttpRequestHeaders headers = client.DefaultRequestHeaders;
        headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        headers.Add("OpenAI-Beta", "chatkit_beta=v1");
        if (options.UserAgent.Length > 0)
        {
            headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        }

        if (options.Organization is not null)
        {
            headers.Add("OpenAI-Organization", options.Organization);
        }

        if (options.Project is not null)
        {
            headers.Add("OpenAI-Project", options.Project);
        }

        return client;
    }
}

// Settings that are refused, by name and without the key, and settings that are not.
using System;
using System.Net;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class OptionsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("sk-secret part")]
    [InlineData("sk-secret\tpart")]
    [InlineData("sk-secret\r\nX-Evil: 1")]
    [InlineData("sk-secret\0")]
    [InlineData("sk-secret\u001b")]
    [InlineData("sk-secret\u007f")]
    [InlineData("sk-secret\u00a0x")]
    [InlineData("sk-secrét")]
    [InlineData("\u200bsk-secret")]
    public void Refuse_a_key_that_is_not_one_word_of_ascii(string? key)
    {
        ChatKitSettingException refusal = Refuse(new ChatKitClientOptions { ApiKey = key! });

        Assert.Equal(nameof(ChatKitClientOptions.ApiKey), refusal.Setting);
        Assert.DoesNotContain("secr", refusal.ToString());
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("v1")]
    [InlineData("/v1")]
    [InlineData("ftp://example.com/v1")]
    [InlineData("file:///v1")]
    [InlineData("https://user@example.com/v1")]
    [InlineData("https://user:pass@example.com/v1")]
    [InlineData("https://example.com/v1?")]
    [InlineData("https://example.com/v1?a=b")]
    [InlineData("https://example.com/v1#")]
    [InlineData("https://example.com/v1#a")]
    [InlineData("http://example.com/v1")]
    [InlineData("http://localhost.example.com/v1")]
    [InlineData("http://127.0.0.1.example.com/v1")]
    [InlineData("http://10.0.0.1/v1")]
    public void Refuse_a_base_address_that_is_no_place_for_a_key(string? address)
    {
        ChatKitSettingException refusal = Refuse(new ChatKitClientOptions
        {
            ApiKey = FakeServer.Key,
            BaseUri = address is null ? null! : new Uri(address, UriKind.RelativeOrAbsolute),
        });

        Assert.Equal(nameof(ChatKitClientOptions.BaseUri), refusal.Setting);
        Assert.DoesNotContain("pass", refusal.Message);
    }

    [Theory]
    [InlineData("https://example.com/v1")]
    [InlineData("HTTPS://EXAMPLE.COM")]
    [InlineData("http://localhost:8080/v1")]
    [InlineData("http://127.0.0.2/v1")]
    [InlineData("http://[::1]:8080/v1")]
    [InlineData("http://example.com/v1", true)]
    public async Task Take_a_base_address_that_is_safe_or_meant(string address, bool meant = false)
    {
        FakeServer server = FakeServer.WithEveryThread();
        server.Options.BaseUri = new Uri(address);
        server.Options.AllowUnencryptedAuthentication = meant;

        Assert.Equal("cthr_1", (await server.GetAsync()).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("org 1")]
    [InlineData(" org-1")]
    [InlineData("org-1\r\nX-Evil: 1")]
    [InlineData("örg")]
    public void Refuse_an_organization_and_a_project_that_no_header_carries(string value)
    {
        Assert.Equal(
            nameof(ChatKitClientOptions.Organization),
            Refuse(new ChatKitClientOptions { ApiKey = FakeServer.Key, Organization = value }).Setting);
        Assert.Equal(
            nameof(ChatKitClientOptions.Project),
            Refuse(new ChatKitClientOptions { ApiKey = FakeServer.Key, Project = value }).Setting);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue + 1.0)]
    public void Refuse_a_timeout_that_is_none(double milliseconds)
    {
        ChatKitSettingException refusal = Refuse(new ChatKitClientOptions
        {
            ApiKey = FakeServer.Key,
            Timeout = TimeSpan.FromTicks((long)milliseconds * TimeSpan.TicksPerMillisecond),
        });

        Assert.Equal(nameof(ChatKitClientOptions.Timeout), refusal.Setting);
    }

    [Fact]
    public async Task Take_the_longest_timeout()
    {
        FakeServer server = FakeServer.WithEveryThread();
        server.Options.Timeout = TimeSpan.FromTicks(int.MaxValue * TimeSpan.TicksPerMillisecond);

        Assert.Equal("cthr_1", (await server.GetAsync()).Id);
    }

    [Theory]
    [InlineData(-1, 0, nameof(ChatKitClientOptions.MaximumRetryCount))]
    [InlineData(101, 0, nameof(ChatKitClientOptions.MaximumRetryCount))]
    [InlineData(0, -1, nameof(ChatKitClientOptions.MaximumRetryWait))]
    [InlineData(0, 86_401, nameof(ChatKitClientOptions.MaximumRetryWait))]
    public void Refuse_retries_beyond_all_measure(int count, int seconds, string setting)
    {
        ChatKitClientOptions options = new()
        {
            ApiKey = FakeServer.Key,
            MaximumRetryCount = count,
            MaximumRetryWait = TimeSpan.FromSeconds(seconds),
        };

        Assert.Equal(setting, Refuse(options).Setting);
    }

    [Theory]
    [InlineData("http://localhost:8080/v1", "this machine")]
    [InlineData("https://127.0.0.1/v1", "this machine")]
    [InlineData("http://chatkit.example.com/v1", "could read the key")]
    public void Refuse_a_proxy_that_would_read_the_key_or_leads_nowhere(string baseUri, string why)
    {
        ChatKitClientOptions options = new()
        {
            ApiKey = FakeServer.Key,
            BaseUri = new(baseUri),
            Proxy = new("http://proxy.example.com"),
            AllowUnencryptedAuthentication = true,
        };

        ChatKitSettingException refusal = Refuse(options);

        Assert.Equal(nameof(ChatKitClientOptions.Proxy), refusal.Setting);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy:8080")]
    [InlineData("/proxy")]
    [InlineData("ftp://proxy.example.com")]
    [InlineData("http://user:pass@proxy.example.com")]
    public void Refuse_a_proxy_that_is_none(string address)
    {
        ChatKitSettingException refusal = Refuse(
            new ChatKitClientOptions { ApiKey = FakeServer.Key, Proxy = new Uri(address, UriKind.RelativeOrAbsolute) });

        Assert.Equal(nameof(ChatKitClientOptions.Proxy), refusal.Setting);
        Assert.DoesNotContain("pass@", refusal.Message);
    }

    [Fact]
    public void Refuse_credentials_for_no_proxy()
    {
        ChatKitSettingException refusal = Refuse(new ChatKitClientOptions
        {
            ApiKey = FakeServer.Key,
            ProxyCredential = new NetworkCredential("user", "pass"),
        });

        Assert.Equal(nameof(ChatKitClientOptions.ProxyCredential), refusal.Setting);
    }

    [Fact]
    public void Are_needed() => Assert.Throws<ArgumentNullException>(() => new ChatKitClient(null!));

    [Fact]
    public async Task Are_copied()
    {
        FakeServer server = FakeServer.WithEveryThread();
        using ChatKitClient client = new(server.Options, server);
        server.Options.ApiKey = "sk-other";
        server.Options.BaseUri = new Uri("https://other.example.com");

        await client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken);

        Assert.Equal(
            "https://api.openai.com/v1/chatkit/threads/cthr_1", Assert.Single(server.Requests).RequestUri!.AbsoluteUri);
        Assert.Equal($"Bearer {FakeServer.Key}", server.Requests[0].Headers.Authorization!.ToString());
        Assert.Equal("https://other.example.com/", server.Options.BaseUri.AbsoluteUri);
    }

    private static ChatKitSettingException Refuse(ChatKitClientOptions options) =>
        Assert.Throws<ChatKitSettingException>(() => new ChatKitClient(options, new FakeServer("{}")));
}

// How one attempt of a request ended.
namespace ChatKit.Http;

/// <summary>A result or a failure.</summary>
/// <param name="result">What came; null where it failed.</param>
/// <param name="failure">How it failed; null where it did not.</param>
/// <param name="exchange">The record of it; null in a simulation.</param>
internal sealed class Attempt<T>(T? result, ChatKitApiException? failure, ChatKitExchange? exchange)
{
    public T? Result { get; } = result;

    public ChatKitApiException? Failure { get; } = failure;

    public ChatKitExchange? Exchange { get; } = exchange;
}

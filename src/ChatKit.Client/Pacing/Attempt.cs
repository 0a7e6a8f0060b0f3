// The outcome of one attempt of a request.
namespace ChatKit.Http;

/// <summary>A result or a failure.</summary>
/// <param name="result">The result; null if the attempt failed.</param>
/// <param name="failure">The failure; null if the attempt succeeded.</param>
/// <param name="exchange">The record of the attempt; null in a simulation.</param>
internal sealed class Attempt<T>(T? result, ChatKitApiException? failure, ChatKitExchange? exchange)
{
    public T? Result { get; } = result;

    public ChatKitApiException? Failure { get; } = failure;

    public ChatKitExchange? Exchange { get; } = exchange;
}

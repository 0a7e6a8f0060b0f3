// Keeps the attempts of a request, to be written where and when the caller can.
using System;
using System.Collections.Generic;

namespace ChatKit.Streams;

internal sealed class ExchangeRecorder : List<ChatKitExchange>, IProgress<ChatKitExchange>
{
    public void Report(ChatKitExchange value) => Add(value);
}

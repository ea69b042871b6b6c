namespace Pipeline.Stages.Train.Torch;

/// <summary>The torch backend can't do what it is asked for. The message is one sentence that says why and what helps.</summary>
public sealed class TorchException : Exception
{
    /// <summary>An exception without a message.</summary>
    public TorchException() { }

    /// <param name="message">The sentence.</param>
    public TorchException(string message)
        : base(message) { }

    /// <param name="message">The sentence.</param>
    /// <param name="innerException">What libtorch or the system said.</param>
    public TorchException(string message, Exception? innerException)
        : base(message, innerException) { }
}

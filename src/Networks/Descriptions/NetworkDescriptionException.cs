namespace Pipeline.Networks.Descriptions;

/// <summary>That a network can't be built as it is described; the message names the layer and the shapes.</summary>
public sealed class NetworkDescriptionException : ArgumentException
{
    /// <summary>Without a message.</summary>
    public NetworkDescriptionException() { }

    /// <summary>With a message.</summary>
    public NetworkDescriptionException(string message)
        : base(message) { }

    /// <summary>With a message and what caused it.</summary>
    public NetworkDescriptionException(string message, Exception innerException)
        : base(message, innerException) { }
}

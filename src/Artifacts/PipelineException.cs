namespace Pipeline.Artifacts;

/// <summary>Something that the user can mend; its message is one sentence that says what and how.</summary>
public sealed class PipelineException : Exception
{
    /// <summary>An exception without a message of its own.</summary>
    public PipelineException() { }

    /// <summary>An exception with the sentence to show.</summary>
    public PipelineException(string message)
        : base(message) { }

    /// <summary>An exception with the sentence to show and what led to it.</summary>
    public PipelineException(string message, Exception innerException)
        : base(message, innerException) { }
}

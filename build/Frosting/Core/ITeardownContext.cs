namespace Cake.Core;

/// <summary>What is known after the last task.</summary>
public interface ITeardownContext : ICakeContext
{
    /// <summary>Whether neither setup nor a task failed.</summary>
    bool Successful { get; }

    /// <summary>What setup or a task threw, or null.</summary>
    Exception? ThrownException { get; }
}

internal sealed class TeardownContext(ICakeContext context, Exception? thrown) : CakeContextAdapter(context), ITeardownContext
{
    public bool Successful => thrown is null;

    public Exception? ThrownException => thrown;
}

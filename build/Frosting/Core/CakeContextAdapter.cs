using Cake.Core.Diagnostics;

namespace Cake.Core;

/// <summary>A context that passes everything on to another one.</summary>
public abstract class CakeContextAdapter : ICakeContext
{
    private readonly ICakeContext context;

    /// <summary>Wraps a context.</summary>
    /// <exception cref="ArgumentNullException">There is no context.</exception>
    protected CakeContextAdapter(ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.context = context;
    }

    /// <inheritdoc/>
    public virtual ICakeLog Log => context.Log;

    /// <inheritdoc/>
    public virtual ICakeArguments Arguments => context.Arguments;
}

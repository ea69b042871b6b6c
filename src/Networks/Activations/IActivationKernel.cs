using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The formula of an activation, written once for registers of every width, lane by lane to the same bits.</summary>
/// <remarks>Methods carry <c>AggressiveInlining</c>: a formula that is called keeps its vectors in memory.</remarks>
internal interface IActivationKernel
{
    /// <summary>Whether the derivative is computed from x; what isn't used isn't read.</summary>
    static virtual bool UsesInput => true;

    /// <summary>Whether the derivative is computed from y.</summary>
    static virtual bool UsesOutput => true;

    /// <summary>Whether both formulas are a few operations of x, made again sooner than read from memory.</summary>
    static virtual bool IsQuick => false;

    /// <summary>y = f(x).</summary>
    T Forward<T>(T x)
        where T : struct, IFloats<T>;

    /// <summary>dx = f′(x)·dy, where y = f(x).</summary>
    T Backward<T>(T x, T y, T dy)
        where T : struct, IFloats<T>;
}

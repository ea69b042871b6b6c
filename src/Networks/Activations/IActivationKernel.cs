using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Activations;

/// <summary>The formula of an activation, once for one number and once for sixteen, lane by lane to the same bits.</summary>
/// <remarks>
/// Methods on vectors carry <c>AggressiveInlining</c>: where the runtime splits a vector into narrower ones, its budget
/// for inlining runs out in the midst of a formula otherwise, and the rest becomes calls.
/// </remarks>
internal interface IActivationKernel
{
    /// <summary>Whether the derivative is computed from x; what isn't used isn't read.</summary>
    static virtual bool UsesInput => true;

    /// <summary>Whether the derivative is computed from y.</summary>
    static virtual bool UsesOutput => true;

    /// <summary>y = f(x).</summary>
    float Forward(float x);

    /// <inheritdoc cref="Forward(float)"/>
    Vector512<float> Forward(Vector512<float> x);

    /// <summary>dx = f′(x)·dy, where y = f(x).</summary>
    float Backward(float x, float y, float dy);

    /// <inheritdoc cref="Backward(float, float, float)"/>
    Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Float32
{
    /// <inheritdoc cref="NormalQuantile(Vector512{float})"/>
    public static float NormalQuantile(float p) => NormalQuantile(Vector512.Create(p)).ToScalar();

    /// <summary>
    /// Φ⁻¹(p), the number that a standard normal variable stays below with probability p. With m = min(p, 1 − p), for m ≥ 1/64 it is
    /// ±(½ − m) P(−ln 4m(1 − m)), after M. Giles, <em>Approximating the erfinv function</em>, GPU Computing Gems (2011); else
    /// ±(r + 3) Q((r − 3) / (r + 3)) with r = √(−ln m); P and Q are minimax polynomials in float64.
    /// </summary>
    /// <remarks>
    /// 0 gives −∞, ½ gives 0, 1 gives ∞, anything outside of 0 … 1 gives NaN. Not inlined: callers would use up what the compiler
    /// allows them.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> NormalQuantile(Vector512<float> p)
    {
        var isUpper = Vector512.GreaterThanOrEqual(p, Vector512.Create(0.5f));
        var m = Vector512.ConditionalSelect(isUpper, Vector512<float>.One - p, p);
        var isTail = Vector512.LessThan(m, Vector512.Create(1f / 64));
        var argument = Vector512.ConditionalSelect(
            isTail,
            m,
            Vector512.Create(4f) * Vector512.FusedMultiplyAdd(-m, m, m)
        );
        var minusLog = -Log(argument);
        var lower = NormalQuantileOfHalf(Vector512.WidenLower(m), Vector512.WidenLower(minusLog));
        var upper = NormalQuantileOfHalf(Vector512.WidenUpper(m), Vector512.WidenUpper(minusLog));
        var x = Vector512.Narrow(lower, upper);
        x = Vector512.ConditionalSelect(
            Vector512.Equals(m, Vector512<float>.Zero),
            Vector512.Create(float.PositiveInfinity),
            x
        );
        return x ^ (Vector512.AndNot(Vector512.Create(-0f), isUpper));
    }

    /// <summary>−Φ⁻¹(m) for 0 &lt; m ≤ ½, given −ln m for m &lt; 1/64, else −ln 4m(1 − m).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> NormalQuantileOfHalf(Vector512<double> m, Vector512<double> minusLog)
    {
        var v = minusLog - Vector512.Create(1.4);
        var centre = Vector512.Create(3.172572172e-07);
        centre = Vector512.FusedMultiplyAdd(centre, v, Vector512.Create(-5.103602583e-07));
        centre = Vector512.FusedMultiplyAdd(centre, v, Vector512.Create(-1.4918963e-05));
        centre = Vector512.FusedMultiplyAdd(centre, v, Vector512.Create(7.500249661e-05));
        centre = Vector512.FusedMultiplyAdd(centre, v, Vector512.Create(0.0004672814217));
        centre = Vector512.FusedMultiplyAdd(centre, v, Vector512.Create(-0.006112155156));
        centre = Vector512.FusedMultiplyAdd(centre, v, Vector512.Create(0.004293229045));
        centre = Vector512.FusedMultiplyAdd(centre, v, Vector512.Create(0.7074547506));
        centre = Vector512.FusedMultiplyAdd(centre, v, Vector512.Create(3.470588986));
        centre *= Vector512.Create(0.5) - m;

        var r = Vector512.Sqrt(minusLog);
        var shifted = r + Vector512.Create(3.0);
        v = (r - Vector512.Create(3.0)) / shifted;
        var tail = Vector512.Create(0.007795507708);
        tail = Vector512.FusedMultiplyAdd(tail, v, Vector512.Create(-0.02266908471));
        tail = Vector512.FusedMultiplyAdd(tail, v, Vector512.Create(0.03381955546));
        tail = Vector512.FusedMultiplyAdd(tail, v, Vector512.Create(-0.04225101298));
        tail = Vector512.FusedMultiplyAdd(tail, v, Vector512.Create(0.05247163551));
        tail = Vector512.FusedMultiplyAdd(tail, v, Vector512.Create(-0.07210223176));
        tail = Vector512.FusedMultiplyAdd(tail, v, Vector512.Create(0.100339849));
        tail = Vector512.FusedMultiplyAdd(tail, v, Vector512.Create(-0.1780643638));
        tail = Vector512.FusedMultiplyAdd(tail, v, Vector512.Create(0.9244613843));
        tail = Vector512.FusedMultiplyAdd(tail, v, Vector512.Create(0.6109229222));
        tail *= shifted;

        return Vector512.ConditionalSelect(Vector512.LessThan(m, Vector512.Create(1.0 / 64)), tail, centre);
    }
}

using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

public static partial class Convolution
{
    private readonly unsafe struct ForwardOperation(
        ConvolutionSizes sizes,
        int rows,
        float* x,
        float* weights,
        float* y,
        bool accumulate,
        GemmWorkspace workspace
    ) : IGemmOperation<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<float, TVector>
            where TVector : unmanaged =>
            ConvolutionDriver<TLanes, TVector>.Forward(sizes, rows, x, weights, y, accumulate, workspace);
    }

    private readonly unsafe struct WeightGradientOperation(
        ConvolutionSizes sizes,
        int rows,
        float* x,
        float* dy,
        float* dweights,
        bool accumulate,
        GemmWorkspace workspace
    ) : IGemmOperation<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<float, TVector>
            where TVector : unmanaged =>
            ConvolutionDriver<TLanes, TVector>.WeightGradient(sizes, rows, x, dy, dweights, accumulate, workspace);
    }

    private readonly unsafe struct InputGradientOperation(
        ConvolutionSizes sizes,
        int rows,
        float* dy,
        float* weights,
        float* dx,
        GemmWorkspace workspace
    ) : IGemmOperation<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<float, TVector>
            where TVector : unmanaged =>
            ConvolutionDriver<TLanes, TVector>.InputGradient(sizes, rows, dy, weights, dx, workspace);
    }
}

using Pipeline.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipeline.Stages.Train.Torch;

/// <summary>The torch backend: the contract of <see cref="Backend.Managed"/> within rounding, on a processor or a GPU.</summary>
public static class TorchBackend
{
    private static readonly Lock Settings = new();
    private static bool isSet;

    /// <summary>
    /// The backend on a device. Sets what holds for the process: one thread an operation, since many runs train side by
    /// side, an allocator that keeps its pages, and products in float32 as such, not in TF32. On a processor a run
    /// repeats bit for bit on the same machine; on a GPU it may not, since TorchSharp has no way to ask for that.
    /// </summary>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> for the first GPU, or <c>cuda:1</c> for another.</param>
    /// <exception cref="TorchException">libtorch can't be loaded, or there is no such device.</exception>
    public static Backend On(string device)
    {
        var (type, index) = Parse(device);
        TorchLibrary.Load();
        lock (Settings)
        {
            if (!isSet)
                Set();
            isSet = true;
        }
        if (type == DeviceType.CUDA)
            RequireCuda(device, index);
        var place = type == DeviceType.CPU ? CPU : InitializeDevice(new Device(type, index));
        return new("torch", start => new TorchNetwork(start, place));
    }

    private static (DeviceType Type, int Index) Parse(string device)
    {
        if (device == "cpu")
            return (DeviceType.CPU, -1);
        if (device == "cuda")
            return (DeviceType.CUDA, 0);
        var digits = device.StartsWith("cuda:", StringComparison.Ordinal) ? device["cuda:".Length..] : "";
        return digits is { Length: > 0 and < 4 } && digits.All(char.IsAsciiDigit)
            ? (DeviceType.CUDA, int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture))
            : throw new TorchException($"There is no device '{device}': choose cpu, cuda, or cuda:1 and so on.");
    }

    private static void Set()
    {
        SystemAllocator.KeepPages();
        set_num_threads(1);
        set_num_interop_threads(1);
        backends.cuda.matmul.allow_tf32 = false;
        backends.cudnn.allow_tf32 = false;
    }

    private static void RequireCuda(string device, int index)
    {
        if (!cuda.is_available())
            throw new TorchException(
                $"The device {device} isn't there: libtorch finds no CUDA. It needs an NVIDIA GPU with its driver, and libtorch for CUDA, as the property Torch=cuda brings it."
            );
        if (index >= cuda.device_count())
            throw new TorchException(
                $"The device {device} isn't there: this machine has the GPUs cuda:0 to cuda:{cuda.device_count() - 1}."
            );
    }
}

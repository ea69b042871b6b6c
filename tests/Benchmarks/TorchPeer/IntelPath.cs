using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Pipeline.TorchPeer;

/// <summary>
/// MKL, which libtorch multiplies with, keeps its AVX-512 kernels to CPUs of Intel. It asks once and remembers the answer; this gives
/// the answer first. The variables that did so before MKL 2020 are gone.
/// </summary>
internal static class IntelPath
{
    /// <summary>
    /// Opens it where the CPU has AVX-512 and isn't Intel's; elsewhere it isn't faster. To be
    /// called before the first product.
    /// </summary>
    public static void Open()
    {
        if (!Avx512F.IsSupported || Vendor() == "GenuineIntel" || !OperatingSystem.IsLinux())
            return;
        var library = Path.Combine(AppContext.BaseDirectory, "runtimes/linux-x64/native/libtorch_cpu.so");
        var question = NativeLibrary.GetExport(NativeLibrary.Load(library), "mkl_serv_intel_cpu_true");
        // mov eax, [rip + offset]: the remembered answer, -1 before the first question.
        if (Marshal.ReadInt16(question) != 0x058B)
            throw new NotSupportedException("This MKL remembers its CPU in another way.");
        const int length = 6;
        Marshal.WriteInt32(question + length + Marshal.ReadInt32(question + 2), 1);
    }

    private static string Vendor()
    {
        var (_, b, c, d) = X86Base.CpuId(0, 0);
        return Encoding.ASCII.GetString([
            .. BitConverter.GetBytes(b),
            .. BitConverter.GetBytes(d),
            .. BitConverter.GetBytes(c),
        ]);
    }
}

using System.Diagnostics;
using System.Runtime.Versioning;

namespace Pipeline.Build.Tests;

/// <summary>tests/Gpu/check.sh in a folder packed with a stand-in for dotnet, which prints what the tests and the command would.</summary>
[SupportedOSPlatform("linux")]
public sealed class GpuCheckTests : IDisposable
{
    private const string FakeDotnet = """
        #!/usr/bin/env bash
        case $1 in
          */Pipeline.Train.Torch.Tests.dll)
            [[ ! -e ${0%/*}/refuses ]] || { echo 'There is no such device.' >&2; exit 1; }
            echo "row on $PIPELINE_TORCH_DEVICE by ${LD_LIBRARY_PATH%%:*}"
            echo "3 passed, ${FAILED:-0} failed"
            exit $((${FAILED:-0} > 0)) ;;
          */Pipeline.Build.dll) echo 'train: 8 run, 0 cached, 0 diverged, 0 failed' ;;
          *) exit 9 ;;
        esac
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("gpu-check").FullName;

    public GpuCheckTests()
    {
        Write("check.sh", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "check.sh")));
        Write("dotnet/dotnet", FakeDotnet);
        Write("tools/python3", "#!/usr/bin/env bash\n[[ -d ${0%/tools/*}/python ]] && echo \"${0%/tools/*}/python\"\n");
        Write("libtorch.version", "2.10.0\n");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("--gpu", "--gpu is not possible; give --pack=FOLDER")]
    [InlineData("--device=tpu", "--device=tpu is not possible; ")]
    [InlineData("--pack=x", "only the script in the sources can pack.")]
    [InlineData("--device=cpu", "there is no libtorch: none was packed, and python3 can import no torch;")]
    [InlineData("--libtorch=/nowhere", "/nowhere holds no libtorch_cpu.so: name the folder")]
    public async Task What_is_wrong_or_missing_is_told_in_a_sentence(string argument, string sentence)
    {
        var (exitCode, output, error) = await RunAsync(0, argument);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith($"check.sh: {sentence}", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task In_the_sources_it_says_that_it_must_pack_first()
    {
        File.Delete(Path.Combine(folder, "libtorch.version"));
        var (exitCode, _, error) = await RunAsync(0, "--device=cpu");
        Assert.Equal(1, exitCode);
        Assert.StartsWith(
            "check.sh: this folder is not packed: run check.sh --pack=FOLDER",
            error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("libtorch/build-version", "2.9.1+cpu\n", "2.9.1+cpu")]
    [InlineData("python/version.py", "__version__ = '2.1.0'\n", "2.1.0")]
    public async Task Another_version_of_libtorch_is_refused(string file, string text, string version)
    {
        Write($"{Path.GetDirectoryName(file)}/lib/libtorch_cpu.so", "");
        Write(file, text);
        var (exitCode, _, error) = await RunAsync(0, "--device=cpu");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"/lib is {version}, and TorchSharp's native library is made for 2.10 alone",
            error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    public async Task The_last_line_is_the_tests_count_and_the_exit_code_theirs(int failed, int expected)
    {
        Write("python/lib/libtorch_cpu.so", "");
        Write("python/version.py", "__version__ = '2.10.0+cu128'\n");
        var (exitCode, output, _) = await RunAsync(failed, "--device=cpu");
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(expected, exitCode);
        Assert.Equal($"libtorch 2.10.0+cu128 in {folder}/python/lib", lines[0]);
        Assert.Equal($"row on cpu by {folder}/python/lib", lines[1]);
        Assert.Equal(3, lines.Count(line => line.Contains(" 8 runs in ", StringComparison.Ordinal)));
        Assert.Equal($"gpu check: 3 passed, {failed} failed", lines[^1]);
        Assert.Single(lines, line => line.Contains("passed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_cannot_be_used_is_told_once()
    {
        Write("libtorch/lib/libtorch_cpu.so", "");
        Write("libtorch/build-version", "2.10.0\n");
        Write("dotnet/refuses", "");
        var (exitCode, _, error) = await RunAsync(0);
        Assert.Equal((1, "There is no such device.\n"), (exitCode, error));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<ScriptOutcome> RunAsync(int failed, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(folder, "check.sh"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder}/tools:{start.Environment["PATH"]}";
        start.Environment["FAILED"] = $"{failed}";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Drawing</name>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>失去</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>降级</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Clock against this computer: %1 s</source>
        <translation>与本机时钟相差：%1 秒</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Disk write, p99: %1 ms</source>
        <translation>磁盘写入 p99：%1 毫秒</translation>
    </message>
    <message>
        <source>Disk: SSD</source>
        <translation>磁盘：SSD</translation>
    </message>
    <message>
        <source>Disk: spinning</source>
        <translation>磁盘：机械盘</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Measured: %1</source>
        <translation>实测：%1</translation>
    </message>
    <message>
        <source>Needed: %1</source>
        <translation>需要：%1</translation>
    </message>
    <message>
        <source>Not probed yet</source>
        <translation>尚未探测</translation>
    </message>
    <message>
        <source>RAM</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>The picture could not be written.</source>
        <translation>无法写入图片。</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>提醒</translation>
    </message>
</context>
<context>
    <name>LockQuestion</name>
    <message>
        <source>Another run works on %1</source>
        <translation>另一次部署正在 %1 上工作</translation>
    </message>
    <message>
        <source>%1 began it at %2 (run %3, lock %4). You have changed nothing. Talk to that person first; a run that is dead lets go by itself within two minutes. If you break its lock, its present step is ended and it stops on all its servers.</source>
        <translation>它由 %1 于 %2 开始（执行编号 %3，锁编号 %4）。您没有改动任何内容。请先与对方沟通；已经中断的部署会在两分钟内自行放开。若强制解除，它的当前步骤会被终止，并在其所有服务器上停止。</translation>
    </message>
    <message>
        <source>Leave it alone</source>
        <translation>不打扰它</translation>
    </message>
    <message>
        <source>Break its lock and go on</source>
        <translation>解除它的锁并继续</translation>
    </message>
</context>
<context>
    <name>SaveText</name>
    <message>
        <source>The file could not be saved</source>
        <translation>文件无法保存</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>SecretState</name>
    <message>
        <source>not needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>entered</source>
        <translation>已输入</translation>
    </message>
    <message>
        <source>not entered yet</source>
        <translation>尚未输入</translation>
    </message>
</context>
<context>
    <name>StepState</name>
    <message>
        <source>not yet possible</source>
        <translation>尚不可用</translation>
    </message>
    <message>
        <source>open</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>out of date: look again</source>
        <translation>已过期，请重新查看</translation>
    </message>
</context>
<context>
    <name>TopologyMenu</name>
    <message>
        <source>Copy to</source>
        <translation>复制到</translation>
    </message>
    <message>
        <source>Fit to window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Give a role</source>
        <translation>分配角色</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>移动到</translation>
    </message>
    <message>
        <source>Pick up (Space), then choose a place</source>
        <translation>拿起（空格），再选择位置</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>failed</source>
        <comment>step</comment>
        <translation>失败</translation>
    </message>
    <message>
        <source>could not check</source>
        <translation>无法检查</translation>
    </message>
    <message>
        <source>does not apply</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>waived</source>
        <translation>已豁免</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>end unknown</source>
        <translation>结果未知</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>was there already</source>
        <translation>已经具备</translation>
    </message>
    <message>
        <source>Login, sudo</source>
        <translation>登录与 sudo</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>CPU, memory</source>
        <translation>CPU 内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Network, ports</source>
        <translation>网络与端口</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>系统设置</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>已有软件</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>wizard::AdvisorCard</name>
    <message>
        <source>TPS wanted</source>
        <translation>所需 TPS</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Must go on without</source>
        <translation>必须承受</translation>
    </message>
    <message>
        <source>What must go on without</source>
        <translation>必须承受的故障</translation>
    </message>
    <message>
        <source>nothing: a stop is acceptable</source>
        <translation>无：可以停机</translation>
    </message>
    <message>
        <source>any one server</source>
        <translation>任意一台服务器宕机</translation>
    </message>
    <message>
        <source>a whole datacenter</source>
        <translation>一个数据中心中断</translation>
    </message>
    <message>
        <source>Servers at hand</source>
        <translation>现有服务器</translation>
    </message>
    <message>
        <source>Use this mode</source>
        <translation>采用该模式</translation>
    </message>
    <message>
        <source>The modes compared</source>
        <translation>各模式对比</translation>
    </message>
</context>
<context>
    <name>wizard::BundleCard</name>
    <message>
        <source>Bundle folder</source>
        <translation>离线包目录</translation>
    </message>
    <message>
        <source>Bundle archive</source>
        <translation>离线包文件</translation>
    </message>
    <message>
        <source>Bundles (*.tar *.tar.zst);;All files (*)</source>
        <translation>离线包 (*.tar *.tar.zst);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 of %2 verified</source>
        <translation>已校验 %1，共 %2</translation>
    </message>
    <message>
        <source>Offline bundle</source>
        <translation>离线包</translation>
    </message>
    <message>
        <source>The folder or archive with everything that is installed. It is verified here, and each file again on the server.</source>
        <translation>要安装的全部内容所在的目录或归档文件。这里先校验一遍，每个文件到服务器上再校验一遍。</translation>
    </message>
    <message>
        <source>Folder, .tar or .tar.zst</source>
        <translation>目录、.tar 或 .tar.zst</translation>
    </message>
    <message>
        <source>Path of the bundle</source>
        <translation>离线包路径</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>目录…</translation>
    </message>
    <message>
        <source>Archive…</source>
        <translation>归档文件…</translation>
    </message>
    <message>
        <source>Public key of the signature (minisign), if you have one</source>
        <translation>签名公钥（minisign），如果有</translation>
    </message>
    <message>
        <source>Public key of the signature</source>
        <translation>签名公钥</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The bundle cannot be used</source>
        <translation>这个离线包不能使用</translation>
    </message>
    <message>
        <source>not signed, or signature not asked for</source>
        <translation>未签名，或未要求验证签名</translation>
    </message>
    <message>
        <source>signed by key %1</source>
        <translation>由密钥 %1 签名</translation>
    </message>
    <message>
        <source>%1 %2 verified</source>
        <translation>%1 %2 校验通过</translation>
    </message>
    <message>
        <source>Installs: %1</source>
        <translation>可安装：%1</translation>
    </message>
    <message>
        <source>Practice uses a built-in sample where no bundle is chosen.</source>
        <translation>演练时可以不选离线包，使用内置样例。</translation>
    </message>
</context>
<context>
    <name>wizard::CheckDetails</name>
    <message>
        <source>Probe again</source>
        <translation>重新探测</translation>
    </message>
    <message>
        <source>The server&apos;s own words</source>
        <translation>服务器原始输出</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Name of the person who accepts it</source>
        <translation>豁免人姓名</translation>
    </message>
    <message>
        <source>Reason; both stand in the report</source>
        <translation>理由；姓名与理由都会写进报告</translation>
    </message>
    <message>
        <source>Reason for accepting it</source>
        <translation>豁免理由</translation>
    </message>
    <message>
        <source>Accept it</source>
        <translation>豁免</translation>
    </message>
    <message>
        <source>Enter the password again…</source>
        <translation>重新输入密码…</translation>
    </message>
    <message>
        <source>measured %1</source>
        <translation>实测 %1</translation>
    </message>
    <message>
        <source>required %1</source>
        <translation>要求 %1</translation>
    </message>
    <message>
        <source>source: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>Accepted by %1: %2</source>
        <translation>%1 已豁免：%2</translation>
    </message>
    <message>
        <source>Accept it all the same…</source>
        <translation>豁免…</translation>
    </message>
    <message>
        <source>Take the acceptance back</source>
        <translation>取消豁免</translation>
    </message>
    <message>
        <source>Take an acceptance back</source>
        <translation>取消豁免</translation>
    </message>
    <message>
        <source>Accept a failed check</source>
        <translation>豁免一项检查</translation>
    </message>
</context>
<context>
    <name>wizard::DrawingCard</name>
    <message>
        <source>%1 of %2: %3</source>
        <translation>第 %1 / %2 个：%3</translation>
    </message>
    <message>
        <source>As table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>Drawing of the servers and their roles</source>
        <translation>服务器及其角色的拓扑图</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Fit to window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Fit to window (0)</source>
        <translation>适合窗口（0）</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>No server has &quot;%1&quot; in its name or address</source>
        <translation>没有名称或地址包含“%1”的服务器</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Save the drawing</source>
        <translation>保存拓扑图</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search a server by name or address</source>
        <translation>按名称或地址搜索服务器</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Smaller (-)</source>
        <translation>缩小（-）</translation>
    </message>
    <message>
        <source>Table of the servers and their roles</source>
        <translation>服务器及其角色的表格</translation>
    </message>
</context>
<context>
    <name>wizard::DatabaseBar</name>
    <message>
        <source>Bring the database back?</source>
        <translation>恢复数据库？</translation>
    </message>
    <message>
        <source>Let the other server take the writes?</source>
        <translation>切换到另一台服务器写入？</translation>
    </message>
    <message>
        <source>Put the cache&apos;s masters back?</source>
        <translation>让缓存主节点归位？</translation>
    </message>
    <message>
        <source>After fail-overs two masters may share a server. Each takes over on its own server again, one after the other; calls to the cache may stand for a moment.</source>
        <translation>故障切换后可能有两个主节点在同一台服务器上。各主节点将逐个回到自己的服务器，其间对缓存的访问可能短暂停顿。</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Database and cache</source>
        <translation>数据库与缓存</translation>
    </message>
    <message>
        <source>Bring the database back…</source>
        <translation>恢复数据库…</translation>
    </message>
    <message>
        <source>Switch over…</source>
        <translation>主从切换…</translation>
    </message>
    <message>
        <source>Rebalance the cache…</source>
        <translation>缓存主节点归位…</translation>
    </message>
</context>
<context>
    <name>wizard::DrillBar</name>
    <message>
        <source>I power it off and on myself</source>
        <translation>由我断电再上电</translation>
    </message>
    <message>
        <source>All services on %1 are ended without warning, as by a power cut, and started again after %2 seconds. Meanwhile each function is called 20 times a second. By the failure simulation users notice:</source>
        <translation>%1 上的全部服务将被直接终止，如同断电，%2 秒后重新启动。其间每项功能每秒被调用 20 次。按故障推演，用户会感到：</translation>
    </message>
    <message>
        <source>Stop %1 on purpose?</source>
        <translation>有意停下 %1？</translation>
    </message>
    <message>
        <source>Leave it running</source>
        <translation>不停</translation>
    </message>
    <message>
        <source>Stop it and measure</source>
        <translation>停下并测量</translation>
    </message>
    <message>
        <source>A service stands still as long as %1 does</source>
        <translation>%1 停多久，就有服务中断多久</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>仍然继续</translation>
    </message>
    <message>
        <source>Drill</source>
        <translation>停机演练</translation>
    </message>
    <message>
        <source>Server to stop on purpose</source>
        <translation>要停下的服务器</translation>
    </message>
    <message>
        <source>Stop it on purpose…</source>
        <translation>停下所选服务器…</translation>
    </message>
</context>
<context>
    <name>wizard::ExploreNote</name>
    <message>
        <source>%1: not in an exploration</source>
        <translation>%1：探索项目不可用</translation>
    </message>
    <message>
        <source>This page works on servers, and an exploration has none: its servers are made up, and nothing can be installed. To see the whole job, practise it on simulated servers; to do it, begin a project on real ones. Both begin on the start page.</source>
        <translation>本页需要服务器，而探索项目没有：其服务器为虚构，无法安装。要了解完整过程，请在模拟服务器上演练；要真正部署，请新建使用真实服务器的项目。两者都从开始页进入。</translation>
    </message>
    <message>
        <source>To the drawing</source>
        <translation>回到拓扑图</translation>
    </message>
</context>
<context>
    <name>wizard::FindingsCard</name>
    <message>
        <source>Errors: %1, warnings: %2</source>
        <translation>规则：%1 个错误，%2 个提醒</translation>
    </message>
    <message>
        <source>All rules are kept</source>
        <translation>全部规则都已满足</translation>
    </message>
</context>
<context>
    <name>wizard::FirewallCard</name>
    <message>
        <source>Firewall request</source>
        <translation>防火墙申请</translation>
    </message>
    <message>
        <source>For the customer's network team: who must reach whom, at which port, and what for.</source>
        <translation>提交给客户网络团队：谁要访问谁、哪个端口、用途是什么。</translation>
    </message>
    <message>
        <source>Save as a table (CSV)…</source>
        <translation>另存为表格（CSV）…</translation>
    </message>
    <message>
        <source>What must be let through</source>
        <translation>需要放行的访问</translation>
    </message>
    <message>
        <source>Save the firewall request</source>
        <translation>保存防火墙申请</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>wizard::Footer</name>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>还有 %1 项</translation>
    </message>
    <message>
        <source>Cannot go on yet:</source>
        <translation>还不能继续：</translation>
    </message>
</context>
<context>
    <name>wizard::Frame</name>
    <message>
        <source>Something went wrong</source>
        <translation>出了问题</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>%1 – FinClip Deploy</source>
        <translation>%1 – FinClip 部署向导</translation>
    </message>
    <message>
        <source>FinClip Deploy</source>
        <translation>FinClip 部署向导</translation>
    </message>
    <message>
        <source>an exploration has no servers: nothing can be installed</source>
        <translation>探索项目没有服务器，无法安装</translation>
    </message>
</context>
<context>
    <name>wizard::HandOverPage</name>
    <message>
        <source>%1 is off: power it on again</source>
        <translation>%1 已断电：请重新上电</translation>
    </message>
    <message>
        <source>Power %1 off now</source>
        <translation>现在请给 %1 断电</translation>
    </message>
    <message>
        <source>Verify and hand over</source>
        <translation>验证与交付</translation>
    </message>
    <message>
        <source>The report says what was found, done and verified. It holds no password.</source>
        <translation>报告写明查到了什么、做了什么、验证了什么；其中没有任何密码。</translation>
    </message>
    <message>
        <source>It could not be done</source>
        <translation>未能完成</translation>
    </message>
    <message>
        <source>It answered as it should.</source>
        <translation>应答正常。</translation>
    </message>
    <message>
        <source>Asking the services…</source>
        <translation>正在询问各项服务…</translation>
    </message>
    <message>
        <source>The platform is installed and answers</source>
        <translation>平台已安装，应答正常</translation>
    </message>
    <message>
        <source>The platform is not installed completely</source>
        <translation>平台尚未安装完成</translation>
    </message>
    <message>
        <source>Nothing has been installed yet</source>
        <translation>尚未安装任何内容</translation>
    </message>
    <message>
        <source>The platform is installed, but not everything answers</source>
        <translation>平台已安装，但有服务没有应答</translation>
    </message>
    <message>
        <source>Practice keeps no passwords.</source>
        <translation>演练不保存任何密码。</translation>
    </message>
    <message>
        <source>Account &quot;%1&quot;; its password and all others are in the project&apos;s vault:
%2</source>
        <translation>帐号“%1”；它的密码和其他所有密码都在项目的密码库里：
%2</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>入口</translation>
    </message>
    <message>
        <source>Entry addresses</source>
        <translation>入口地址</translation>
    </message>
    <message>
        <source>Passwords</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Verify again</source>
        <translation>重新验证</translation>
    </message>
    <message>
        <source>What was verified, from the entry inwards</source>
        <translation>从入口向内的验证结果</translation>
    </message>
    <message>
        <source>Drill of %1</source>
        <translation>演练 %1</translation>
    </message>
    <message>
        <source>Failure simulation: %1</source>
        <translation>故障推演：%1</translation>
    </message>
</context>
<context>
    <name>wizard::HostKeyCard</name>
    <message>
        <source>On real servers you would compare these with what the customer tells you. Simulated ones are what they say: tick all, and trust them.</source>
        <translation>对真实服务器，应与客户提供的指纹逐一核对。模拟服务器可直接全部勾选并信任。</translation>
    </message>
    <message>
        <source>Servers that are new: compare their fingerprints</source>
        <translation>首次连接的服务器：请核对指纹</translation>
    </message>
    <message>
        <source>Servers that show another key: compare their fingerprints</source>
        <translation>主机密钥与以前不同的服务器：请核对指纹</translation>
    </message>
    <message>
        <source>Such a server was set up anew, or somebody is in between. Ask its administrator for the fingerprint, by telephone for example, and paste it: only what is the same can be trusted.</source>
        <translation>这样的服务器可能重装过，也可能有人在中间截取。请通过电话等途径向管理员询问指纹并粘贴到这里：只有一致的才能信任。</translation>
    </message>
    <message>
        <source>Ask the customer for the fingerprints and paste them, or compare by eye and tick. Nothing is sent to a server, no password either, before its key is confirmed.</source>
        <translation>向客户索取指纹并粘贴到这里，或者逐个目视核对后勾选。在确认之前，不会向服务器发送任何内容，包括密码。</translation>
    </message>
    <message>
        <source>Paste fingerprints (SHA256:…); other words do not matter</source>
        <translation>粘贴指纹（SHA256:…），其他文字会被忽略</translation>
    </message>
    <message>
        <source>Fingerprints to compare with</source>
        <translation>用来核对的指纹</translation>
    </message>
    <message>
        <source>Host keys to confirm</source>
        <translation>待确认的主机密钥</translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation>全部勾选</translation>
    </message>
    <message>
        <source>Trust the ticked: %1</source>
        <translation>信任所勾选的：%1 台</translation>
    </message>
</context>
<context>
    <name>wizard::HostKeyModel</name>
    <message>
        <source>✓ the same</source>
        <translation>✓ 一致</translation>
    </message>
    <message>
        <source>✕ not among those pasted</source>
        <translation>✕ 不在所粘贴的指纹中</translation>
    </message>
    <message>
        <source>✕ another key than before</source>
        <translation>✕ 与以前的密钥不同</translation>
    </message>
    <message>
        <source>not compared</source>
        <translation>未核对</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Kind of key</source>
        <translation>密钥类型</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>核对</translation>
    </message>
</context>
<context>
    <name>wizard::ImportCard</name>
    <message>
        <source>Servers to paste</source>
        <translation>要粘贴的服务器</translation>
    </message>
    <message>
        <source>What was understood</source>
        <translation>识别结果</translation>
    </message>
    <message>
        <source>Read it as GB18030 (Chinese Windows)</source>
        <translation>按 GB18030（中文 Windows）读取</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>This cannot be read as a list of servers</source>
        <translation>无法识别为服务器列表</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>还有 %1 项</translation>
    </message>
    <message>
        <source>Paste servers</source>
        <translation>粘贴服务器</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>This is what was understood. Nothing is taken yet.</source>
        <translation>以下是识别结果，尚未采用。</translation>
    </message>
    <message>
        <source>Add to the list; servers of the same name are replaced</source>
        <translation>加入清单，同名的服务器会被替换</translation>
    </message>
    <message>
        <source>Replace the whole list</source>
        <translation>替换整个清单</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>%1 new</source>
        <translation>新增 %1</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>更改 %1</translation>
    </message>
    <message>
        <source>%1 as they are</source>
        <translation>不变 %1</translation>
    </message>
    <message>
        <source>%1 of the present ones go</source>
        <translation>现有的将移除 %1</translation>
    </message>
    <message>
        <source>%1, servers: %2</source>
        <translation>%1，服务器：%2</translation>
    </message>
    <message>
        <source>values that cannot be used: %1</source>
        <translation>不可用的值：%1</translation>
    </message>
    <message>
        <source>One a line: eng@10.0.0.11:22 name – also ranges: 10.0.0.[11-14] – or a table with a header line, YAML, an Ansible inventory, an ssh_config.</source>
        <translation>每行一台：eng@10.0.0.11:22 名称，也可写范围：10.0.0.[11-14]；或带表头的表格、YAML、Ansible 清单、ssh_config。</translation>
    </message>
    <message>
        <source>Not taken from this list</source>
        <translation>未从该清单采用的内容</translation>
    </message>
    <message>
        <source>Take servers: %1</source>
        <translation>导入服务器：%1</translation>
    </message>
</context>
<context>
    <name>wizard::ImportModel</name>
    <message>
        <source>left out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>Empty so far</source>
        <translation>目前为空</translation>
    </message>
    <message>
        <source>So far: %1</source>
        <translation>目前为：%1</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>wizard::InstallPage</name>
    <message>
        <source>Installation</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 / %2 步</translation>
    </message>
    <message>
        <source>the installation is still running</source>
        <translation>安装仍在进行</translation>
    </message>
    <message>
        <source>nothing has been installed yet: begin on the review page</source>
        <translation>还没有安装：请在复核页开始</translation>
    </message>
    <message>
        <source>the installation has not come to its end: go on with it</source>
        <translation>安装还没有完成：请继续</translation>
    </message>
    <message>
        <source>What runs on the servers goes on when the connection or this computer fails, and is found again.</source>
        <translation>连接或这台电脑中断时，服务器上的步骤会继续，之后可以接上。</translation>
    </message>
    <message>
        <source>The run could not go on</source>
        <translation>无法继续运行</translation>
    </message>
    <message>
        <source>Stages and servers</source>
        <translation>阶段与服务器</translation>
    </message>
    <message>
        <source>Graph of the steps</source>
        <translation>步骤关系图</translation>
    </message>
    <message>
        <source>As graph of steps</source>
        <translation>步骤关系图</translation>
    </message>
    <message>
        <source>Everything is installed: press Next for the hand-over.</source>
        <translation>全部安装完成，请点“下一步”进行交付。</translation>
    </message>
</context>
<context>
    <name>wizard::LogCard</name>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>在日志中搜索</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the selected lines, or all</source>
        <translation>复制所选的行，未选时复制全部</translation>
    </message>
    <message>
        <source>Step whose log is shown</source>
        <translation>显示哪一步的日志</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Lines: %L1</source>
        <translation>%L1 行</translation>
    </message>
    <message>
        <source>This step has written nothing so far.</source>
        <translation>这一步还没有输出。</translation>
    </message>
</context>
<context>
    <name>wizard::LoginAsker</name>
    <message>
        <source>Password for %1 (%2)</source>
        <translation>%1（%2）的密码</translation>
    </message>
    <message>
        <source>Reached through %1.</source>
        <translation>经由 %1 连接。</translation>
    </message>
    <message>
        <source>Login password</source>
        <translation>登录密码</translation>
    </message>
    <message>
        <source>sudo password</source>
        <translation>sudo 密码</translation>
    </message>
    <message>
        <source>The same for all servers that have none yet</source>
        <translation>其他尚未输入的服务器也用它</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
</context>
<context>
    <name>wizard::ModeBar</name>
    <message>
        <source>Choose a mode</source>
        <translation>选择模式</translation>
    </message>
    <message>
        <source>%1 cores / %2 / %3</source>
        <translation>%1 核 / %2 / %3</translation>
    </message>
    <message>
        <source>From %1 servers</source>
        <translation>%1 台起</translation>
    </message>
    <message>
        <source>One server</source>
        <translation>1 台</translation>
    </message>
    <message>
        <source>%1 servers</source>
        <translation>%1 台服务器</translation>
    </message>
    <message>
        <source> (+%1 for operations)</source>
        <translation>（+%1 运维）</translation>
    </message>
    <message>
        <source>Each at least %1</source>
        <translation>每台最低 %1</translation>
    </message>
    <message>
        <source>Each at least %1, better %2 / %3 / %4</source>
        <translation>每台最低 %1，推荐 %2 核 / %3 / %4</translation>
    </message>
    <message>
        <source>, SSD recommended</source>
        <translation>，建议 SSD</translation>
    </message>
    <message>
        <source>Reference: %L1 TPS</source>
        <translation>参考 %L1 TPS</translation>
    </message>
    <message>
        <source>Reference: %L1 to %L2 TPS</source>
        <translation>参考 %L1 至 %L2 TPS</translation>
    </message>
    <message>
        <source>These servers suffice</source>
        <translation>这些服务器足够</translation>
    </message>
    <message>
        <source>Made-up servers</source>
        <translation>虚构的服务器</translation>
    </message>
    <message>
        <source>Needs %1 servers, there are %2</source>
        <translation>需要 %1 台，现有 %2 台</translation>
    </message>
    <message>
        <source>Too small: %1</source>
        <translation>配置不足：%1</translation>
    </message>
    <message>
        <source>Not probed: %1</source>
        <translation>尚未探测：%1</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Which mode fits?</source>
        <translation>选哪种模式？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the list of what was moved</source>
        <translation>关闭移动清单</translation>
    </message>
</context>
<context>
    <name>wizard::PaletteCard</name>
    <message>
        <source>A press gives the role to %1, or takes it.</source>
        <translation>点一下把角色放到 %1，再点一下取走。</translation>
    </message>
    <message>
        <source>%1 servers</source>
        <translation>%1 台服务器</translation>
    </message>
    <message>
        <source>Everything stands where it would be placed.</source>
        <translation>所有角色已在应在的位置。</translation>
    </message>
    <message>
        <source>Nothing is missing.</source>
        <translation>没有缺少的角色。</translation>
    </message>
    <message>
        <source>Or press a role, choose a server with the arrows and press Space.</source>
        <translation>也可点按角色，用方向键选择服务器，再按空格。</translation>
    </message>
    <message>
        <source>Place all anew</source>
        <translation>全部重新摆放</translation>
    </message>
    <message>
        <source>Place what is missing</source>
        <translation>补齐缺少的角色</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>Roles (drag to servers)</source>
        <translation>角色（拖到服务器上）</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
</context>
<context>
    <name>wizard::PaletteChip</name>
    <message>
        <source>%1: %2 placed of %3</source>
        <translation>%1：已放置 %2，需要 %3</translation>
    </message>
    <message>
        <source>Drag it to a server, or press it and choose one.</source>
        <translation>拖到服务器上，或点按后选择服务器。</translation>
    </message>
</context>
<context>
    <name>wizard::PracticeBar</name>
    <message>
        <source>does not answer</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>disk full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>缓慢</translation>
    </message>
    <message>
        <source>All servers are well.</source>
        <translation>所有服务器正常。</translation>
    </message>
    <message>
        <source>Hints</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Speed of simulated time</source>
        <translation>模拟时间的速度</translation>
    </message>
    <message>
        <source>%1x</source>
        <translation>%1 倍</translation>
    </message>
    <message>
        <source>no waiting</source>
        <translation>无需等待</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Trainer</source>
        <translation>教员</translation>
    </message>
    <message>
        <source>Break now:</source>
        <translation>立即破坏：</translation>
    </message>
    <message>
        <source>Server to break</source>
        <translation>要破坏的服务器</translation>
    </message>
</context>
<context>
    <name>wizard::ProbeModel</name>
    <message>
        <source>being probed</source>
        <translation>正在探测</translation>
    </message>
    <message>
        <source>not probed yet</source>
        <translation>尚未探测</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>操作系统</translation>
    </message>
    <message>
        <source>to confirm</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation>%1 项提醒</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 项%2</translation>
    </message>
</context>
<context>
    <name>wizard::ProbePage</name>
    <message>
        <source>Confirm first who the servers are</source>
        <translation>请先确认服务器的身份</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>探测</translation>
    </message>
    <message>
        <source>%1 to settle</source>
        <translation>%1 项待处理</translation>
    </message>
    <message>
        <source>all passed</source>
        <translation>全部通过</translation>
    </message>
    <message>
        <source>%1 accepted</source>
        <translation>%1 项豁免</translation>
    </message>
    <message>
        <source>servers are still being probed</source>
        <translation>仍在探测服务器</translation>
    </message>
    <message>
        <source>not probed yet</source>
        <translation>尚未探测</translation>
    </message>
    <message>
        <source>was changed after its probe: probe it again</source>
        <translation>探测之后又修改过：请重新探测</translation>
    </message>
    <message>
        <source>Probing reads only. Until the installation begins no server is changed.</source>
        <translation>探测只读取。开始安装之前，不会改动任何服务器。</translation>
    </message>
    <message>
        <source>The probe cannot begin</source>
        <translation>无法开始探测</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Probing %1 of %2 servers</source>
        <translation>正在探测，%1 / %2 台完成</translation>
    </message>
    <message>
        <source>The servers have not been probed yet</source>
        <translation>还没有探测服务器</translation>
    </message>
    <message>
        <source>Every server can be used</source>
        <translation>每台服务器都可以使用</translation>
    </message>
    <message>
        <source>To be settled before going on: %1</source>
        <translation>继续之前需要处理：%1 项</translation>
    </message>
    <message>
        <source>Waiting for %1</source>
        <translation>正在等待 %1</translation>
    </message>
    <message>
        <source>One read-only round trip to each server.</source>
        <translation>对每台服务器只做一次只读访问。</translation>
    </message>
    <message>
        <source>Each failed check says what is required, and what to do.</source>
        <translation>每项未通过的检查都写明了要求和处理办法。</translation>
    </message>
    <message>
        <source>Probe all servers</source>
        <translation>探测全部服务器</translation>
    </message>
    <message>
        <source>Probe all again</source>
        <translation>全部重新探测</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Servers and what was found</source>
        <translation>服务器与探测结果</translation>
    </message>
    <message>
        <source>the checks are being worked out</source>
        <translation>正在计算检查结果</translation>
    </message>
    <message>
        <source>The checks are being worked out</source>
        <translation>正在计算检查结果</translation>
    </message>
    <message>
        <source>servers are still being put right</source>
        <translation>正在修复服务器</translation>
    </message>
    <message>
        <source>Warnings hold nothing up: the installation says what it does about them.</source>
        <translation>提醒不影响继续：安装计划会写明如何处理。</translation>
    </message>
    <message>
        <source>Every server can be used: press Next.</source>
        <translation>每台服务器都可以使用，请点“下一步”。</translation>
    </message>
</context>
<context>
    <name>wizard::ProjectChooser</name>
    <message>
        <source>Practice</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Exploration</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Folder for the project</source>
        <translation>项目目录</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Begin something new</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Deploy on real servers</source>
        <translation>部署到真实服务器</translation>
    </message>
    <message>
        <source>Works over SSH, without internet. Nothing is changed before you have reviewed it.</source>
        <translation>通过 SSH，无需互联网。在您复核之前不做任何改动。</translation>
    </message>
    <message>
        <source>Practice on simulated servers</source>
        <translation>在模拟服务器上演练</translation>
    </message>
    <message>
        <source>The same wizard and the same steps; no server and no network.</source>
        <translation>同样的向导、同样的步骤，不需要服务器和网络。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>for example: Example Bank, production</source>
        <translation>例如：某某银行生产环境</translation>
    </message>
    <message>
        <source>Project name</source>
        <translation>项目名称</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Project folder</source>
        <translation>项目目录</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the project folder</source>
        <translation>选择项目目录</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Practice scenario</source>
        <translation>演练场景</translation>
    </message>
    <message>
        <source>Create project</source>
        <translation>创建项目</translation>
    </message>
    <message>
        <source>Go on with a project</source>
        <translation>继续已有项目</translation>
    </message>
    <message>
        <source>Open another folder…</source>
        <translation>打开其他目录…</translation>
    </message>
    <message>
        <source>Projects that you open are listed here.</source>
        <translation>打开过的项目会列在这里。</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Give the project a name.</source>
        <translation>请给项目起个名称。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择目录。</translation>
    </message>
    <message>
        <source>Explore the modes</source>
        <translation>探索部署模式</translation>
    </message>
    <message>
        <source>No server is asked: pick a mode, move roles about, switch servers off in thought.</source>
        <translation>不需要服务器：选择一种模式，移动角色，推演断电。</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Mode to begin with</source>
        <translation>起始模式</translation>
    </message>
</context>
<context>
    <name>wizard::QuestionPanel</name>
    <message>
        <source>%1 more questions wait</source>
        <translation>还有 %1 个问题</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>再输入一次</translation>
    </message>
    <message>
        <source>The two entries differ.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Nothing was entered.</source>
        <translation>没有输入。</translation>
    </message>
</context>
<context>
    <name>wizard::RailItem</name>
    <message>
        <source>Step %1: %2, %3</source>
        <translation>第 %1 步：%2，%3</translation>
    </message>
</context>
<context>
    <name>wizard::ReportCard</name>
    <message>
        <source>The hand-over report</source>
        <translation>交付报告</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>The report could not be made</source>
        <translation>无法生成报告</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Kept in the project as HTML, PDF and JSON: %1</source>
        <translation>已存入项目（HTML、PDF、JSON）：%1</translation>
    </message>
    <message>
        <source>Hand-over report</source>
        <translation>交付报告</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>正在写入 %1…</translation>
    </message>
</context>
<context>
    <name>wizard::ReviewPage</name>
    <message>
        <source>+ new</source>
        <translation>+ 新增</translation>
    </message>
    <message>
        <source>~ changed</source>
        <translation>~ 变更</translation>
    </message>
    <message>
        <source>= as it is</source>
        <translation>= 不变</translation>
    </message>
    <message>
        <source>− no longer</source>
        <translation>− 不再需要</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Steps: %1</source>
        <translation>%1 步</translation>
    </message>
    <message>
        <source>No server has been changed yet. The button begins exactly what stands here.</source>
        <translation>至此没有改动任何服务器。按钮开始执行的就是这里所列的内容。</translation>
    </message>
    <message>
        <source>Begin installation (servers: %1)</source>
        <translation>开始安装（%1 台）</translation>
    </message>
    <message>
        <source>There is no plan yet</source>
        <translation>还没有计划</translation>
    </message>
    <message>
        <source>choose the offline bundle on the start page, and verify it</source>
        <translation>请先在“开始”页选择离线包并校验</translation>
    </message>
    <message>
        <source>Choose the offline bundle on the start page, and verify it.</source>
        <translation>请先在“开始”页选择离线包并校验。</translation>
    </message>
    <message>
        <source>The plan cannot be made</source>
        <translation>无法生成计划</translation>
    </message>
    <message>
        <source>Everything is installed as it stands here</source>
        <translation>这里所列的都已安装</translation>
    </message>
    <message>
        <source>This will be done</source>
        <translation>将要执行的内容</translation>
    </message>
    <message>
        <source>servers: %1</source>
        <translation>%1 台服务器</translation>
    </message>
    <message>
        <source>at most %1 to send</source>
        <translation>最多传输 %1</translation>
    </message>
    <message>
        <source>about %1, estimated</source>
        <translation>估计约 %1</translation>
    </message>
    <message>
        <source>new %1, changed %2, as it is %3</source>
        <translation>新增 %1，变更 %2，不变 %3</translation>
    </message>
    <message>
        <source>Digest of the plan: %1</source>
        <translation>计划摘要：%1</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>保存计划</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>By stage</source>
        <translation>按阶段</translation>
    </message>
    <message>
        <source>By server</source>
        <translation>按服务器</translation>
    </message>
    <message>
        <source>Export as text…</source>
        <translation>导出为文本…</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>与现状的差异</translation>
    </message>
    <message>
        <source>Steps of the plan</source>
        <translation>计划的步骤</translation>
    </message>
    <message>
        <source>Firewall request</source>
        <translation>防火墙申请</translation>
    </message>
    <message>
        <source>the plan is being worked out</source>
        <translation>正在制定计划</translation>
    </message>
    <message>
        <source>The plan is being worked out</source>
        <translation>正在制定计划</translation>
    </message>
</context>
<context>
    <name>wizard::RunHead</name>
    <message>
        <source>Stop after this step</source>
        <translation>这一步后停</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>立即停</translation>
    </message>
    <message>
        <source>Ends waiting at once; what runs on a server goes on there and is found again.</source>
        <translation>立即结束等待；服务器上的步骤会继续，之后可以接上。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Nothing has been installed yet</source>
        <translation>还没有安装</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Connecting to the servers…</source>
        <translation>正在连接服务器…</translation>
    </message>
    <message>
        <source> – and %1 more</source>
        <translation>，另有 %1 步同时进行</translation>
    </message>
    <message>
        <source>Stopping after: %1</source>
        <translation>这一步之后停止：%1</translation>
    </message>
    <message>
        <source>Everything is installed</source>
        <translation>全部安装完成</translation>
    </message>
    <message>
        <source>The installation met a failure and can go on from there</source>
        <translation>安装遇到失败，可以从那里继续</translation>
    </message>
    <message>
        <source>Stopped; it goes on from where it is</source>
        <translation>已停止，可以从这里继续</translation>
    </message>
    <message>
        <source>The installation was interrupted and can go on from there</source>
        <translation>安装被中断，可以从那里继续</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 / %2 步</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约还需 %1</translation>
    </message>
    <message>
        <source>%1 of %2 sent</source>
        <translation>已传 %1 / %2</translation>
    </message>
    <message>
        <source>Try %1 again, alone</source>
        <translation>只重试 %1</translation>
    </message>
</context>
<context>
    <name>wizard::RunModel</name>
    <message>
        <source>%1, %2 of %3 steps</source>
        <translation>%1，%2 / %3 步</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
</context>
<context>
    <name>wizard::SecretsCard</name>
    <message>
        <source>Login password</source>
        <translation>登录密码</translation>
    </message>
    <message>
        <source>sudo password, if it is another</source>
        <translation>sudo 密码（与登录密码不同时）</translation>
    </message>
    <message>
        <source>Passphrase of the key file</source>
        <translation>密钥文件口令</translation>
    </message>
    <message>
        <source>Use for these servers</source>
        <translation>用于这些服务器</translation>
    </message>
    <message>
        <source>Kept in memory until the wizard closes, and never written to a file.</source>
        <translation>只保存在内存中直到向导关闭，不写入任何文件。</translation>
    </message>
    <message>
        <source>Passwords: select servers</source>
        <translation>密码：请选择服务器</translation>
    </message>
    <message>
        <source>Passwords for %1</source>
        <translation>%1 的密码</translation>
    </message>
    <message>
        <source>For which servers</source>
        <translation>用于哪些服务器</translation>
    </message>
    <message>
        <source>For the selected servers</source>
        <translation>用于选中的服务器</translation>
    </message>
    <message>
        <source>For all servers</source>
        <translation>用于全部服务器</translation>
    </message>
    <message>
        <source>For all that lack a password</source>
        <translation>用于所有尚缺密码的服务器</translation>
    </message>
    <message>
        <source>For all with the user %1</source>
        <translation>用于用户为 %1 的服务器</translation>
    </message>
    <message>
        <source>For the datacenter %1</source>
        <translation>用于机房 %1</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另外 %1 台</translation>
    </message>
    <message>
        <source>Passwords: no server is meant</source>
        <translation>密码：没有符合条件的服务器</translation>
    </message>
    <message>
        <source>Entered for servers: %1</source>
        <translation>已为 %1 台服务器输入。</translation>
    </message>
</context>
<context>
    <name>wizard::ServerTableModel</name>
    <message>
        <source>SSH agent</source>
        <translation>SSH 代理</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>None (logs in as root)</source>
        <translation>不需要（以 root 登录）</translation>
    </message>
    <message>
        <source>Without password</source>
        <translation>免密码</translation>
    </message>
    <message>
        <source>With password</source>
        <translation>需要密码</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Log in by</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>Root rights (sudo)</source>
        <translation>root 权限（sudo）</translation>
    </message>
    <message>
        <source>Passwords</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Jump host</source>
        <translation>跳板机</translation>
    </message>
    <message>
        <source>Datacenter</source>
        <translation>机房</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>wizard::ServersPage</name>
    <message>
        <source>Take %1 off the list?</source>
        <translation>从清单中移除 %1？</translation>
    </message>
    <message>
        <source>Parts of the installation are on it, and nothing is taken back from a server that is not in the list.
If it can still be reached, move its roles to other servers on the drawing and install: that takes back what is on it.
If it is lost for ever, take it off: with the next installation the others forget it. Keep it off the network from then on.</source>
        <translation>其上有已安装的内容；不在清单中的服务器不会再被清理。
若仍可连接，请在拓扑图上把它的角色移到其他服务器并部署，其上的内容会随之移除。
若已永久损坏，请将其移除：下次部署时其他服务器会不再保留它。此后请勿让它再接入网络。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>It is lost: take it off</source>
        <translation>已损坏，移除</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Servers: %1</source>
        <translation>%1 台</translation>
    </message>
    <message>
        <source>add at least one server</source>
        <translation>请至少添加一台服务器</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>Row %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Values that cannot be used: %1</source>
        <translation>有 %1 处不能使用的值</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Remove servers</source>
        <translation>删除服务器</translation>
    </message>
    <message>
        <source>Import servers</source>
        <translation>导入服务器</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>修改 %1</translation>
    </message>
    <message>
        <source>Add server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Paste…</source>
        <translation>粘贴…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>No servers yet. Add one, paste a list, or import a file.</source>
        <translation>还没有服务器。请添加、粘贴列表或导入文件。</translation>
    </message>
    <message>
        <source>Server lists (*.csv *.xlsx *.yaml *.yml *.ini *.txt config hosts inventory);;All files (*)</source>
        <translation>服务器清单 (*.csv *.xlsx *.yaml *.yml *.ini *.txt config hosts inventory);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Export servers</source>
        <translation>导出服务器</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx);;CSV (*.csv);;YAML (*.yaml)</source>
        <translation>Excel 工作簿 (*.xlsx);;CSV (*.csv);;YAML (*.yaml)</translation>
    </message>
    <message>
        <source>The servers were not exported</source>
        <translation>服务器未能导出</translation>
    </message>
    <message>
        <source>Servers exported: %1</source>
        <translation>已导出服务器：%1</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>CSV, Excel, YAML, Ansible inventory, ssh_config; a file can also be dropped here</source>
        <translation>CSV、Excel、YAML、Ansible 清单、ssh_config；也可将文件拖放到此处</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>The scenario brings these simulated servers: press Next.</source>
        <translation>场景自带这些模拟服务器，请点“下一步”。</translation>
    </message>
</context>
<context>
    <name>wizard::SettingsPage</name>
    <message>
        <source>the virtual address</source>
        <translation>虚拟 IP</translation>
    </message>
    <message>
        <source>The domain or address by which people and devices come. Empty: the virtual address.</source>
        <translation>用户和设备访问所用的域名或地址。留空则使用虚拟 IP。</translation>
    </message>
    <message>
        <source>Virtual address</source>
        <translation>虚拟 IP</translation>
    </message>
    <message>
        <source>A free IPv4 address in the servers' network. One of the two load balancers holds it; people, devices and services come by it.</source>
        <translation>服务器所在网段中的一个空闲 IPv4 地址，由两台负载均衡之一持有，用户、设备和服务都通过它访问。</translation>
    </message>
    <message>
        <source>such as 10.0.0.100</source>
        <translation>例如 10.0.0.100</translation>
    </message>
    <message>
        <source>Your own load balancer</source>
        <translation>自有负载均衡</translation>
    </message>
    <message>
        <source>Its address, where one of yours stands in place of the platform's two.</source>
        <translation>如用自有负载均衡代替平台的两台，填写其地址。</translation>
    </message>
    <message>
        <source>the platform's two</source>
        <translation>平台自带的两台</translation>
    </message>
    <message>
        <source>Network of the pods</source>
        <translation>Pod 网段</translation>
    </message>
    <message>
        <source>Addresses inside Kubernetes; apart from every network that the servers talk to.</source>
        <translation>Kubernetes 内部地址，不能与服务器访问的任何网段重叠。</translation>
    </message>
    <message>
        <source>Network of the services</source>
        <translation>Service 网段</translation>
    </message>
    <message>
        <source>Addresses inside Kubernetes; apart from the network of the pods, too.</source>
        <translation>Kubernetes 内部地址，也不能与 Pod 网段重叠。</translation>
    </message>
    <message>
        <source>VRRP number</source>
        <translation>VRRP 编号</translation>
    </message>
    <message>
        <source>No other pair in the same network may have it.</source>
        <translation>同一网段中不能有另一对使用相同编号。</translation>
    </message>
    <message>
        <source>Kubernetes distribution</source>
        <translation>Kubernetes 发行版</translation>
    </message>
    <message>
        <source>The one that the bundle brings.</source>
        <translation>安装包所带的发行版。</translation>
    </message>
    <message>
        <source>Change a setting</source>
        <translation>修改设置</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Every setting has a default that works. Passwords are generated for you.</source>
        <translation>每项设置都有可用的默认值，密码会自动生成。</translation>
    </message>
    <message>
        <source>How the platform is reached, and where it lies</source>
        <translation>平台的访问方式与存放位置</translation>
    </message>
    <message>
        <source>Entry address</source>
        <translation>入口地址</translation>
    </message>
    <message>
        <source>The domain or address by which people and devices come. Empty: the server&apos;s own address.</source>
        <translation>用户和设备访问平台所用的域名或地址。留空则用服务器自己的地址。</translation>
    </message>
    <message>
        <source>the server&apos;s own address</source>
        <translation>服务器自己的地址</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员帐号</translation>
    </message>
    <message>
        <source>The first account. Its password is generated and kept in the project&apos;s vault.</source>
        <translation>第一个帐号。密码自动生成，保存在项目的密码库里。</translation>
    </message>
    <message>
        <source>Data directory</source>
        <translation>数据目录</translation>
    </message>
    <message>
        <source>Where database, cache and files of the platform lie on the server: a full path, such as /data/finclip. Needs the space.</source>
        <translation>数据库、缓存和平台文件在服务器上的位置：完整路径，例如 /data/finclip，需要足够的空间。</translation>
    </message>
    <message>
        <source>Installation directory</source>
        <translation>安装目录</translation>
    </message>
    <message>
        <source>Where the platform&apos;s own files lie on the server: a full path, apart from the data.</source>
        <translation>平台自身文件在服务器上的位置：完整路径，与数据目录分开。</translation>
    </message>
    <message>
        <source>Entry port</source>
        <translation>入口端口</translation>
    </message>
    <message>
        <source>The one port that must be reachable from outside.</source>
        <translation>唯一需要从外部访问的端口。</translation>
    </message>
    <message>
        <source>Use a Docker engine that is already on the server</source>
        <translation>使用服务器上已有的 Docker 引擎</translation>
    </message>
    <message>
        <source>Otherwise a server with an engine of its own is refused. Its other settings are kept either way; nothing is removed.</source>
        <translation>不勾选时，已有 Docker 引擎的服务器会被拒绝。无论哪种情况，它的其他设置都保留，不删除任何内容。</translation>
    </message>
    <message>
        <source>Passwords of the database, the cache and the administrator are generated when the installation begins, and kept in the project&apos;s vault.</source>
        <translation>数据库、缓存和管理员的密码在安装开始时自动生成，保存在项目的密码库里。</translation>
    </message>
</context>
<context>
    <name>wizard::SidePanel</name>
    <message>
        <source>Show the rules and what if</source>
        <translation>展开规则与断电推演</translation>
    </message>
    <message>
        <source>Hide the rules and what if: more room for the drawing</source>
        <translation>收起规则与断电推演，让拓扑图更大</translation>
    </message>
</context>
<context>
    <name>wizard::StartPage</name>
    <message>
        <source>Everything that practice needs is here: press Next.</source>
        <translation>演练所需的一切都已就绪，请点“下一步”。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Bundle %1</source>
        <translation>离线包 %1</translation>
    </message>
    <message>
        <source>create a project, or open one</source>
        <translation>请新建或打开一个项目</translation>
    </message>
    <message>
        <source>the bundle is still being verified</source>
        <translation>离线包仍在校验</translation>
    </message>
    <message>
        <source>choose the offline bundle and verify it</source>
        <translation>请选择离线包并校验</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>关闭项目</translation>
    </message>
    <message>
        <source>Another window or program works on this project: it is open for reading only.</source>
        <translation>另一个窗口或程序正在使用这个项目：这里只能查看。</translation>
    </message>
    <message>
        <source>An exploration: the servers are made up. Play with the modes, the roles and failures on the drawing; nothing can be installed.</source>
        <translation>探索项目：服务器为虚构。可在拓扑图上试验模式、角色与断电，无法安装。</translation>
    </message>
</context>
<context>
    <name>wizard::StepCard</name>
    <message>
        <source>Commands of the step; secrets stand as their names</source>
        <translation>这一步的命令；密码只显示名称</translation>
    </message>
    <message>
        <source>Choose a step to see its commands</source>
        <translation>选择一步查看它的命令</translation>
    </message>
    <message>
        <source>%1, %2, to %3</source>
        <translation>%1，%2，到 %3</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>在 %1 之后</translation>
    </message>
    <message>
        <source>about %1, estimated; ended after %2</source>
        <translation>预计约 %1；超过 %2会被终止</translation>
    </message>
</context>
<context>
    <name>wizard::TopBar</name>
    <message>
        <source>FinClip Deploy</source>
        <translation>FinClip 部署向导</translation>
    </message>
    <message>
        <source>Practice · simulated servers</source>
        <translation>演练 · 模拟服务器</translation>
    </message>
    <message>
        <source>Switch between Chinese and English</source>
        <translation>切换中文和英文</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色和深色</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Exploration · no servers</source>
        <translation>探索 · 没有服务器</translation>
    </message>
</context>
<context>
    <name>wizard::TopologyEdits</name>
    <message>
        <source>%1 servers</source>
        <translation>%1 台服务器</translation>
    </message>
    <message>
        <source>%1 takes the place of %2</source>
        <translation>由 %1 顶替 %2</translation>
    </message>
    <message>
        <source>Copy %1 to %2</source>
        <translation>将 %1 复制到 %2</translation>
    </message>
    <message>
        <source>Give %1 to %2</source>
        <translation>将 %1 分配给 %2</translation>
    </message>
    <message>
        <source>Move %1 to %2</source>
        <translation>将 %1 移动到 %2</translation>
    </message>
    <message>
        <source>Place %1 before %2</source>
        <translation>将 %1 排到 %2 之前</translation>
    </message>
    <message>
        <source>Place all roles</source>
        <translation>放置全部角色</translation>
    </message>
    <message>
        <source>Place what is missing</source>
        <translation>补齐缺少的角色</translation>
    </message>
    <message>
        <source>Take %1 off %2</source>
        <translation>将 %1 从 %2 移除</translation>
    </message>
    <message>
        <source>Take all roles off %1</source>
        <translation>移除 %1 的全部角色</translation>
    </message>
</context>
<context>
    <name>wizard::TopologyPage</name>
    <message>
        <source>Mode and topology</source>
        <translation>模式与拓扑</translation>
    </message>
    <message>
        <source>the bundle cannot install &quot;%1&quot;; it may be explored here</source>
        <translation>这个离线包不能安装“%1”，这里只能查看</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>断电推演</translation>
    </message>
    <message>
        <source>the rules are being worked out</source>
        <translation>正在核对规则</translation>
    </message>
    <message>
        <source>Every role has its servers. Drag to change it, or press Next.</source>
        <translation>每个角色都已安排服务器。可拖动调整，或点“下一步”。</translation>
    </message>
</context>
<context>
    <name>wizard::TopologyTableModel</name>
    <message>
        <source>%1 does not have %2</source>
        <translation>%1 没有 %2</translation>
    </message>
    <message>
        <source>%1 has %2</source>
        <translation>%1 有 %2</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
</context>
<context>
    <name>wizard::TopologyView</name>
    <message>
        <source>%1 on %2</source>
        <translation>%2 上的 %1</translation>
    </message>
    <message>
        <source>It is there already: choose another place with the arrows</source>
        <translation>已在此处：请用方向键选择其他位置</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>未做任何更改</translation>
    </message>
</context>
<context>
    <name>wizard::VaultKeyring</name>
    <message>
        <source>the keyring gave no reason</source>
        <translation>密钥环没有说明原因</translation>
    </message>
    <message>
        <source>this program was built without a keyring</source>
        <translation>本程序未包含密钥环支持</translation>
    </message>
</context>
<context>
    <name>wizard::VaultOpener</name>
    <message>
        <source>Choose a passphrase for the project&apos;s vault</source>
        <translation>请为项目的密码库设置口令</translation>
    </message>
    <message>
        <source>Passphrase of the project&apos;s vault</source>
        <translation>项目密码库的口令</translation>
    </message>
    <message>
        <source>Generated passwords are kept in the vault. Without the passphrase nobody can read them, not even you.</source>
        <translation>自动生成的密码保存在密码库里。没有口令谁也打不开，包括您自己。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Keep it in this desktop&apos;s keyring; else it is asked each time</source>
        <translation>保存到本机桌面的密钥环；不勾选则每次询问</translation>
    </message>
    <message>
        <source>The desktop&apos;s keyring did not take the passphrase</source>
        <translation>桌面的密钥环没有收下口令</translation>
    </message>
    <message>
        <source>It is asked each time instead; nothing was written elsewhere.</source>
        <translation>改为每次询问；口令没有写到其他任何地方。</translation>
    </message>
    <message>
        <source>The keyring says: %1</source>
        <translation>密钥环的说明：%1</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>wizard::WhatIfCard</name>
    <message>
        <source>Switch all on again</source>
        <translation>全部恢复通电</translation>
    </message>
    <message>
        <source>Servers that run</source>
        <translation>正在运行的服务器</translation>
    </message>
    <message>
        <source>Try every single server</source>
        <translation>逐台断电</translation>
    </message>
    <message>
        <source>Try every pair</source>
        <translation>两台同时断电</translation>
    </message>
    <message>
        <source>What each loss does</source>
        <translation>每种断电的后果</translation>
    </message>
</context>
<context>
    <name>wizard::WizardWindow</name>
    <message>
        <source>An installation is running</source>
        <translation>安装正在进行</translation>
    </message>
    <message>
        <source>Nothing is lost by closing: each step ends on its server or is found again, and the installation goes on when the project is opened.</source>
        <translation>关闭不会丢失任何内容：每一步会在服务器上做完，或者之后接上；重新打开项目就可以继续安装。</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Stop after this step, then close</source>
        <translation>这一步后停止并关闭</translation>
    </message>
    <message>
        <source>Stop now and close</source>
        <translation>立即停止并关闭</translation>
    </message>
</context>
<context>
    <name>wizard::StepGraphView</name>
    <message>
        <source>Needs: %1</source>
        <translation>依赖：%1</translation>
    </message>
</context>
<context>
    <name>wizard::RepairCard</name>
    <message>
        <source>Only what you confirm is done. What was there before is written down on the server and can be brought back.</source>
        <translation>只执行您确认的内容。修改前的状态记录在服务器上，可以恢复。</translation>
    </message>
    <message>
        <source>Show the commands…</source>
        <translation>查看命令…</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Repairs</source>
        <translation>修复项</translation>
    </message>
    <message>
        <source>Putting right…</source>
        <translation>正在修复…</translation>
    </message>
    <message>
        <source>Put right on the servers: %1</source>
        <translation>已在服务器上修复：%1 项</translation>
    </message>
    <message>
        <source>Can be put right from here: %1</source>
        <translation>可以在此修复：%1 项</translation>
    </message>
    <message>
        <source>Not everything could be put right</source>
        <translation>部分修复未能完成</translation>
    </message>
    <message>
        <source>Take back what is ticked</source>
        <translation>撤回勾选的修复</translation>
    </message>
    <message>
        <source>Put right what is ticked</source>
        <translation>修复勾选的项目</translation>
    </message>
</context>
</TS>
